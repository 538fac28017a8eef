// Shows what needs passkeys only where the browser has them, and says so when one was not used.
(() => {
  if (window.PublicKeyCredential && window.isSecureContext) {
    for (const one of document.querySelectorAll('[data-needs-passkeys]')) one.hidden = false
  } else {
    for (const one of document.querySelectorAll('[data-without-passkeys]')) one.hidden = false
  }
  document.addEventListener('allauth.error', (event) => {
    event.preventDefault()
    const problem = document.getElementById('passkey-problem')
    if (problem) problem.hidden = false
  })
})()
