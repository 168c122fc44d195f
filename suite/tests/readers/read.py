"""Reads reports as others do: KIND FILE KIND FILE ...; says what it has read, a line for each.

A module that is missing is named on standard error, and the exit status is 77.
"""

import json
import pathlib
import sys

missing = []
for name in ("jsonschema", "junitparser"):
    try:
        __import__(name)
    except ImportError:
        missing.append(name)
if missing:
    sys.exit(print("missing:", ", ".join(missing), file=sys.stderr) or 77)

import jsonschema  # noqa: E402
import junitparser  # noqa: E402

SCHEMAS = pathlib.Path(__file__).parent.parent / "schemas"


def whole(schema, folder):
    """A schema with others that it refers to by file name put in their place."""
    if isinstance(schema, dict):
        other = schema.get("$ref", "")
        if other.endswith(".json#"):
            return whole(json.loads((folder / other[:-1]).read_text()), folder)
        return {name: whole(part, folder) for name, part in schema.items() if name != "$id"}
    if isinstance(schema, list):
        return [whole(part, folder) for part in schema]
    return schema


def validator(path):
    schema = whole(json.loads((SCHEMAS / path).read_text()), (SCHEMAS / path).parent)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=jsonschema.FormatChecker())


VALIDATORS = {
    kind: validator(path)
    for kind, path in {
        "badge": "badge.json",
        "har": "har/har.json",
        "sarif": "sarif-2.1.0.json",
        "wfc": "wfc-report.json",
    }.items()
}


def constant(word):
    raise ValueError(f"{word} is no JSON")


def read(kind, path):
    text = pathlib.Path(path).read_text(encoding="utf-8")
    if kind in VALIDATORS:
        document = json.loads(text, parse_constant=constant)
        errors = sorted(VALIDATORS[kind].iter_errors(document), key=lambda error: list(error.path))
        if errors:
            first = errors[0]
            raise ValueError(f"{len(errors)} errors; at {list(first.path)}: {first.message[:300]}")
        return "valid"
    if kind == "jsonl":
        lines = [json.loads(line, parse_constant=constant)["type"] for line in text.splitlines()]
        return f"{lines[0]} {lines.count('case')} {lines[-1]}"
    if kind == "junit":
        suites = junitparser.JUnitXml.fromfile(path)
        cases = [case for suite in suites for case in suite]
        bad = lambda of: sum(isinstance(result, of) for case in cases for result in case.result)  # noqa: E731
        told = [suites.tests, suites.failures, suites.errors, suites.skipped]
        counted = [len(cases), bad(junitparser.Failure), bad(junitparser.Error), bad(junitparser.Skipped)]
        if told != counted:
            raise ValueError(f"says {told}, holds {counted}")
        names = [(suite.name, case.classname, case.name) for suite in suites for case in suite]
        if len(set(names)) < len(names):
            raise ValueError("a name stands twice")
        if any(result.text is None for case in cases for result in case.result if isinstance(result, junitparser.Failure)):
            raise ValueError("a failure without text")
        return f"{len(cases)} cases"
    raise ValueError(f"nothing here reads {kind}")


for kind, path in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        print(kind, path, read(kind, path))
    except Exception as error:  # whatever it is, the report could not be read
        sys.exit(f"{kind} {path}: {type(error).__name__}: {error}")
