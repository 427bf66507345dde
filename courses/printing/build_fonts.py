"""Make the fonts that printed things are set in, from pinned packages: a tool of developers.

``python -m courses.printing.build_fonts`` fetches each package with its registry's own client
(pip, npm), compares its digest, takes what is printed out of it and writes ``fonts/``, with what
the fonts hold in ``coverage.txt``. It takes some minutes; the product runs without it, and without
fontTools. Decision 0028 says why these fonts.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from .faces import COVERAGE, FONTS


def every_character(code: int) -> bool:
    return True


def of_east_asia(code: int) -> bool:
    """With the signs that stand among its letters; Latin and its like come from other faces."""
    return code >= 0x2000


@dataclass(frozen=True)
class Package:
    """One archive of a registry, to the byte."""

    registry: str
    name: str
    version: str
    sha256: str


@dataclass(frozen=True)
class Face:
    """A font of ours: where it comes from, and what of it is kept."""

    file: str
    package: Package
    inside: str
    # Where on its axes a variable font is cut.
    axes: dict[str, float] = field(default_factory=dict)
    # Its own name is kept when empty. Cuts of one family need names of their own.
    family: str = ""
    holds: Callable[[int], bool] = every_character
    features: tuple[str, ...] = ()


LITERATA = Package(
    "pypi",
    "fontpkg-literata",
    "3.103",
    "0a6f8f6b3c26c7c988f93497b35b4581cb259feb189581ae6d0f2d3926f22d28",
)
INTER = Package(
    "pypi",
    "fontpkg-inter",
    "4.1.post1",
    "b1105c8b368787112e9352ba657fe4fd32feb0722cc3046a308f65962298ddf8",
)
CJK = Package(
    "pypi",
    "cvttf-notosanscjk-regular",
    "1.0",
    "0a99bbb933cc4237895d3dbd95de65f7b508607872471f1f51d0eb91a5fe7766",
)
UPRIGHT = "fontpkg_literata/files/Literata[opsz,wght].ttf"
SLANTED = "fontpkg_literata/files/Literata-Italic[opsz,wght].ttf"

LATIN = [
    Face("display.ttf", LITERATA, UPRIGHT, {"opsz": 60, "wght": 480}, "Certificate Display"),
    Face("title.ttf", LITERATA, UPRIGHT, {"opsz": 30, "wght": 540}, "Certificate Title"),
    Face("text-italic.ttf", LITERATA, SLANTED, {"opsz": 18, "wght": 430}, "Certificate Text"),
    Face(
        "sans.ttf",
        INTER,
        "fontpkg_inter/files/Inter[opsz,wght].ttf",
        {"opsz": 14, "wght": 400},
        "Certificate Sans",
    ),
]


def _expo(name: str, version: str, sha256: str, file: str) -> Face:
    package = Package("npm", f"@expo-google-fonts/{name}", version, sha256)
    return Face(f"{name}.ttf", package, f"package/400Regular/{file}_400Regular.ttf")


def _fontsource(name: str, sha256: str, version: str = "5.3.0") -> Face:
    package = Package("npm", f"@fontsource/{name}", version, sha256)
    script = name.rsplit("-", 1)[-1]
    return Face(f"{name}.ttf", package, f"package/files/{name}-{script}-400-normal.woff2")


OTHERS = [
    _expo(
        "noto-serif-hebrew",
        "0.4.2",
        "9a7a1fd368db164b41a6be2f3adbe6699f3850e0188f7635ee5a93a45c8c65e3",
        "NotoSerifHebrew",
    ),
    _expo(
        "noto-naskh-arabic",
        "0.4.5",
        "2f93452f15b3bdd86b922be17f247986d4d0e2ae7a1ca51f5d80326b2680628e",
        "NotoNaskhArabic",
    ),
    _expo(
        "noto-serif-devanagari",
        "0.4.1",
        "965a5b76866dc464cbd30fd3e0a3ef725977973834bd952f7216da9260d3dfe5",
        "NotoSerifDevanagari",
    ),
    _expo(
        "noto-serif-bengali",
        "0.4.4",
        "67076ca62eaa16cd21c75b98cfe995c62c34be81c88cb61d6aaed6cbc7cc40d9",
        "NotoSerifBengali",
    ),
    _fontsource(
        "noto-serif-armenian", "7a1d3b2dacf717b8762d1a9b134452dce960cc3a28704eb01f9e72d8e53c9bd9"
    ),
    _fontsource(
        "noto-sans-ethiopic", "3ac837b13068cbef711c7779d48e4b08291b037dac7d4520c49f3494409da048"
    ),
    _fontsource(
        "noto-serif-georgian", "db7df0cfe81d736af344b9d52ec2baf93d41e73f461069014466af20ce0fcb64"
    ),
    _fontsource(
        "noto-serif-gujarati", "82fa359793cef853e8b76c80f8f0340e50e74c1617ebf1e9886f943e09c80663"
    ),
    _fontsource(
        "noto-sans-gurmukhi", "8f16b2ccaad328f5d6cb4595f517db88f91d40a513d452d035a04cf03b7e8625"
    ),
    _fontsource(
        "noto-sans-kannada", "628593afcffb70cb37242995a1d6bfb7ffdeddb3c96cb5a2f693af5d4ab56f8f"
    ),
    _fontsource(
        "noto-serif-khmer", "6bbc25300333659ca87c1317b38048c9d7b23bf14ddc767ceca8051df25f8383"
    ),
    _fontsource(
        "noto-serif-lao",
        "795ac85a4b959517e50eb1836181a91f4477bbb6b7909585f7f6f91eeb878a30",
        "5.0.8",
    ),
    _fontsource(
        "noto-serif-malayalam", "ac2b17d713a8ea32e9bfa8e6055e7101aff43edb04ceafed9305a6352b623676"
    ),
    _fontsource(
        "noto-serif-myanmar", "37fe95e20ad51fd5d21f34cca38eae49b5c81ba915c880def26e9c95a9bcf436"
    ),
    _fontsource(
        "noto-serif-sinhala", "be8648e235347c012addcb5dc287c39b3ad0ba82f44d406bf426f241642b186c"
    ),
    _fontsource(
        "noto-serif-tamil", "ac689616bdae5a84b6f053f3f8fd5d87f9dc0fe721907e298df9ed403a53ef00"
    ),
    _fontsource(
        "noto-serif-telugu", "c9b0ef811226a97c73ddb24be73fe56aa811aae95f942e0f7b45f23e09b33a5c"
    ),
    _fontsource(
        "noto-serif-thai", "3f7bccec3fd7d62ba8ac5470c0f10d648d48c58a50c244d91e657ab5150410f2"
    ),
    # Chinese in both ways of writing, Japanese and Korean, each in its own shapes (``locl``).
    Face(
        "noto-sans-cjk.otf",
        CJK,
        "cvttf_NotoSansCJK_Regular/NotoSansCJKtc-Regular.otf",
        holds=of_east_asia,
        features=("locl",),
    ),
    _expo(
        "noto-emoji",
        "0.4.7",
        "6a25fd5a4da5bb34bbc2d300531bbf32de86afd866e119314d7e358f61a6104d",
        "NotoEmoji",
    ),
]


def build() -> None:
    """Write every font anew, and which characters they hold together."""
    held: set[int] = set()
    with tempfile.TemporaryDirectory(prefix="fonts-") as folder:
        for face in [*LATIN, *OTHERS]:
            source = Path(folder) / "source"
            source.write_bytes(_member(_fetched(face.package, Path(folder)), face.inside))
            held |= _cut(face, source)
            print(face.file, (FONTS / face.file).stat().st_size)
    COVERAGE.write_text("".join(f"{first:04X}-{last:04X}\n" for first, last in _ranges(held)))


def _fetched(package: Package, folder: Path) -> Path:
    """The package's archive, by its registry's own client. Raises ValueError for another one."""
    target = folder / package.sha256
    if not target.exists():
        target.mkdir()
        if package.registry == "pypi":
            wanted = f"{package.name}=={package.version}"
            client = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", wanted]
        else:
            client = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
        subprocess.run(client, cwd=target, check=True, stdout=subprocess.DEVNULL)
    (archive,) = target.iterdir()
    if hashlib.sha256(archive.read_bytes()).hexdigest() != package.sha256:
        raise ValueError(f"{package.name} {package.version} is not the one we know.")
    return archive


def _member(archive: Path, name: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(name)
    with tarfile.open(archive) as tar:
        member = tar.extractfile(name)
        assert member is not None  # a file, not a folder
        return member.read()


def _cut(face: Face, source: Path) -> set[int]:
    """Write the face; the characters it holds. The same bytes whenever it is made."""
    font = TTFont(source, recalcTimestamp=False)
    if face.axes:
        font = instancer.instantiateVariableFont(font, face.axes)
    if face.family:
        _call(font, face.family)
    options = subset.Options()
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.layout_features = list(face.features) or ["*"]
    # Nothing is set from top to bottom.
    options.drop_tables += ["DSIG", "BASE", "VORG", "vhea", "vmtx", "STAT"]
    options.flavor = None
    cutter = subset.Subsetter(options)
    held = {code for code in font.getBestCmap() if face.holds(code)}
    cutter.populate(unicodes=held)
    cutter.subset(font)
    font.flavor = None
    font.save(FONTS / face.file)
    return held


def _call(font: TTFont, family: str) -> None:
    names = font["name"]
    style = str(names.getDebugName(2))
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    for number, text in {
        1: family,
        4: f"{family} {style}",
        6: f"{family.replace(' ', '')}-{style}",
    }.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)


def _ranges(codes: set[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for code in sorted(codes):
        if found and code == found[-1][1] + 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


if __name__ == "__main__":
    build()
