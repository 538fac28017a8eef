"""Draws the world's land once, the countries on it, where each lies: `world.svg`, `countries.svg`, `places.json`.

    npm pack world-atlas@2 && tar xzf world-atlas-2*.tgz && python .ci/world.py package

Land alone, without borders: a border drawn by us would be a statement. A country's shape is there to be filled where a
number belongs to it, never to be outlined. Made from Natural Earth, which is public domain.
"""

import json
import sys
from pathlib import Path

from django.conf import settings
from django_countries import countries

ROOT = Path(__file__).parent.parent
WIDTH, NORTH, SOUTH = 960, 84, -58  # pixels; degrees of latitude shown
SCALE = WIDTH / 360
SMALLEST = 1.2  # square pixels; a smaller island is left out
COARSE = 0.35  # pixels a line may be moved by, so that the file stays light
SMALLEST_PIECE = 0.5  # square pixels of a piece of a country; its largest is always kept
# Shapes the atlas draws apart and ISO 3166 gives no code: filled with the state whose code covers them.
COVERED_BY = {"Kosovo": "688", "N. Cyprus": "196", "Somaliland": "706"}


def place(lon, lat) -> tuple[float, float]:
    return (lon + 180) * SCALE, (NORTH - lat) * SCALE


def arcs_of(topology) -> list[list[tuple[float, float]]]:
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * kx + dx, y * ky + dy))
        lines.append(line)
    return lines


def ring(indexes, arcs) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for index in indexes:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += line[1:] if points else line
    return points


def polygons(geometry, arcs):
    """The outer rings of a shape."""
    shapes = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
    return [unwound(ring(shape[0], arcs)) for shape in shapes]


def unwound(points) -> list[tuple[float, float]]:
    """The ring without its jumps from one edge of the map to the other; it may run past an edge."""
    found, turn, last = [], 0, points[0][0]
    for lon, lat in points:
        turn += 360 if lon - last < -180 else -360 if lon - last > 180 else 0
        last = lon
        found.append((lon + turn, lat))
    return found


def within_the_map(points):
    """The pieces of a ring on the map, what runs past an edge brought to the other."""
    for turn in (0, -360, 360):
        piece = [(lon + turn, lat) for lon, lat in points]
        for edge, side in ((-180, 1), (180, -1)):
            piece = cut(piece, edge, side)
        if piece:
            yield piece


def cut(points, edge, side) -> list[tuple[float, float]]:
    """The part of a ring on one side of a meridian."""
    kept = []
    for (lon, lat), (lon2, lat2) in zip(points, points[1:] + points[:1], strict=True):
        inside, next_inside = side * (lon - edge) >= 0, side * (lon2 - edge) >= 0
        if inside:
            kept.append((lon, lat))
        if inside != next_inside:
            kept.append((edge, lat + (lat2 - lat) * (edge - lon) / (lon2 - lon)))
    return kept


def area_and_centre(points) -> tuple[float, float, float]:
    total = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        total, x, y = total + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if not total:
        return 0.0, *points[0]
    return abs(total) / 2, x / (3 * total), y / (3 * total)


def outline(points) -> str:
    """A ring as an SVG path in tenths of a pixel, each point once."""
    steps, last = [], None
    for one in points:
        here = tuple(round(10 * value) for value in place(*one))
        if here != last:
            steps.append(here)
        last = here
    path, (x, y) = f"M{steps[0][0]} {steps[0][1]}l", steps[0]
    moves = []
    for here in steps[1:]:
        moves.append(f"{here[0] - x} {here[1] - y}")
        x, y = here
    return path + " ".join(moves).replace(" -", "-") + "z"


def thinned(line, coarse=COARSE / SCALE):
    """The line without the points that move it by less than `coarse` (Douglas and Peucker); its ends stay."""
    if len(line) < 3:
        return line
    kept, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        between = ((away(line[one], line[first], line[last]), one) for one in range(first + 1, last))
        far, which = max(between, default=(0, 0))
        if far > coarse:
            kept.add(which)
            spans += [(first, which), (which, last)]
    return [line[one] for one in sorted(kept)]


def away(point, start, end) -> float:
    """How far a point lies from the line between two others, which may be one point."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    long = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not long:
        return ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / long


def codes() -> dict[str, str]:
    """Two letters by the three figures the atlas knows a country by."""
    return {countries.numeric(code, padded=True): code for code in countries.countries}


def shapes(folder: Path) -> dict[str, str]:
    """The path of each country by its two-letter code; neighbours share the lines between them."""
    topology = json.loads((folder / "countries-50m.json").read_text())
    arcs, letters, found = [thinned(one) for one in arcs_of(topology)], codes(), {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        number = geometry.get("id") or COVERED_BY.get(geometry["properties"]["name"], "")
        code = letters.get(number.zfill(3))
        pieces = [piece for points in polygons(geometry, arcs) for piece in within_the_map(points)]
        sized = sorted(((area_and_centre([place(*one) for one in piece])[0], piece) for piece in pieces), reverse=True)
        if not code or not sized or min(lat for _lon, lat in sized[0][1]) < SOUTH - 2:
            continue
        kept = [piece for size, piece in sized if size >= SMALLEST_PIECE or piece is sized[0][1]]
        found[code] = found.get(code, "") + "".join(outline(piece) for piece in kept if len(piece) > 2)
    return dict(sorted(found.items()))


def land(folder: Path) -> str:
    topology = json.loads((folder / "land-110m.json").read_text())
    arcs, paths = arcs_of(topology), []
    for geometry in topology["objects"]["land"]["geometries"]:
        for points in polygons(geometry, arcs):
            if min(lat for _lon, lat in points) < SOUTH - 2:
                continue  # Antarctica
            for piece in within_the_map(points):
                if area_and_centre([place(*one) for one in piece])[0] >= SMALLEST:
                    paths.append(outline(piece))
    return "".join(paths)


def places(folder: Path) -> dict[str, list[int]]:
    """The middle of each country's largest piece, by its two-letter code."""
    topology = json.loads((folder / "countries-50m.json").read_text())
    arcs, by_number = arcs_of(topology), {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        pieces = [area_and_centre(points) for points in polygons(geometry, arcs)]
        if pieces and geometry.get("id"):
            _area, lon, lat = max(pieces)
            by_number[geometry["id"].zfill(3)] = [round(value) for value in place((lon + 180) % 360 - 180, lat)]
    on_the_map = {number for number, (_x, y) in by_number.items() if y <= (NORTH - SOUTH) * SCALE}
    return {
        code: by_number[number]
        for number, code in sorted(codes().items(), key=lambda it: it[1])
        if number in on_the_map
    }


def drawing(paths: str) -> str:
    height = round((NORTH - SOUTH) * SCALE)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">{paths}</svg>\n'


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    source = Path(sys.argv[1])
    (ROOT / "static/world.svg").write_text(drawing(f'<path id="land" transform="scale(.1)" d="{land(source)}"/>'))
    filled = "".join(f'\n<path id="{code}" transform="scale(.1)" d="{path}"/>' for code, path in shapes(source).items())
    (ROOT / "static/countries.svg").write_text(drawing(f"{filled}\n"))
    lines = ",\n".join(f'  "{code}": {json.dumps(at)}' for code, at in places(source).items())
    (ROOT / "unionrelations/kit/drawing/places.json").write_text("{\n" + lines + "\n}\n")
