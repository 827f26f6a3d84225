"""Makes schema-org.json from the npm package schema-dts; tests/data/README.md says how.

The package writes the vocabulary as TypeScript: an interface a type, which extends those of the
types above it and declares the properties that the type has of its own, each with its range.
"""

import json
import re
import sys
from pathlib import Path

# What our pages say something about.
TYPES = (
    *("WebSite", "WebPage", "MedicalWebPage", "CollectionPage", "ProfilePage", "AboutPage"),
    *("Article", "ScholarlyArticle", "NewsArticle", "Book", "Chapter", "Dataset", "Legislation"),
    *("Report", "Thesis", "CreativeWork", "Periodical", "PublicationVolume", "CorrectionComment"),
    *("MedicalCondition", "MedicalEntity", "TherapeuticProcedure", "MedicalTherapy"),
    *("BreadcrumbList", "ItemList", "ListItem", "Question", "Answer", "Person", "Organization"),
    *("PropertyValue", "DefinedTerm", "DefinedTermSet", "SearchAction", "EntryPoint"),
)
INTERFACE = re.compile(
    r"^(?:export )?interface (\w+?)(Base|Leaf) extends ([^{]+?) \{(.*?)^\}",
    re.MULTILINE | re.DOTALL,
)
LEAF = re.compile(r"^export type (\w+?)Leaf<[^=]*= Omit<(\w+?)Base\b", re.MULTILINE)
PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<(.*?), "\1">;', re.MULTILINE)
PARENT = re.compile(r"(\w+?)Base\b")


def vocabulary(text: str) -> dict[str, dict[str, object]]:
    """Of each type that we use and each above it: its parents, and its own properties' ranges."""
    parents: dict[str, set[str]] = {}
    own: dict[str, dict[str, list[str]]] = {}
    for name, _part, above, body in INTERFACE.findall(text):
        parents.setdefault(name, set()).update(set(PARENT.findall(above)) - {name})
        for found, said in PROPERTY.findall(body):
            ranges = (part.strip().strip('"') for part in said.split("|"))
            own.setdefault(name, {})[found] = sorted(set(ranges) - {"IdReference"})
    for name, above in LEAF.findall(text):
        parents.setdefault(name, set()).update({above} - {name})
    wanted: dict[str, dict[str, object]] = {}
    to_do = list(TYPES)
    while to_do:
        name = to_do.pop()
        if name not in wanted and name in parents:
            wanted[name] = {"parents": sorted(parents[name]), "properties": own.get(name, {})}
            to_do += parents[name]
    missing = set(TYPES) - set(wanted)
    assert not missing, missing
    return dict(sorted(wanted.items()))


if __name__ == "__main__":
    lines = [
        f"{json.dumps(name)}: {json.dumps(said, sort_keys=True)}"
        for name, said in vocabulary(Path(sys.argv[1]).read_text()).items()
    ]
    sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")
