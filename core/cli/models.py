"""`shift-pose models`: what there is, and what can be done with it."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from core.cli import compare
from core.cli.console import say
from core.cli.parsing import Subparsers, add_command
from core.errors import BadModel
from core.models.architecture import FEEDING
from core.models.archive import is_archive, read_archive, write_archive
from core.models.card import card_text
from core.models.library import ModelLibrary
from core.models.model_folder import copy_model, is_model_folder, open_model


def add_parser(commands: Subparsers) -> None:
    """Add the command and its actions."""
    summary = "list, show, compare, import, export, rename, note, trash, restore and remove models"
    actions = commands.add_parser(
        "models", help=summary, description=summary, allow_abbrev=False
    ).add_subparsers(metavar="ACTION", required=True)
    add_command(actions, "list", run=_list, summary="list the models of this machine")
    show = add_command(actions, "show", run=_show, summary="print a model's card")
    show.add_argument("name", metavar="NAME", help="a model's name or folder")
    compare.add_parser(actions)
    _add_import(actions)
    export = add_command(actions, "export", run=_export, summary="write a model into one file")
    export.add_argument("name", metavar="NAME", help="a model's name or folder")
    export.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="the zip file to write; .pt or .pth: a checkpoint in the layout of SHIFT's authors",
    )
    _add_changes(actions)
    remove = add_command(actions, "remove", run=_remove, summary="delete a model of your own")
    remove.add_argument("name", metavar="NAME")


def _add_changes(actions: Subparsers) -> None:
    rename = add_command(actions, "rename", run=_rename, summary="change what a model is called")
    rename.add_argument("name", metavar="NAME")
    rename.add_argument("text", metavar="TITLE")
    note = add_command(actions, "note", run=_note, summary="keep a note in a model's card")
    note.add_argument("name", metavar="NAME")
    note.add_argument("text", metavar="TEXT")
    trash = add_command(actions, "trash", run=_trash, summary="put a model of your own aside")
    trash.add_argument("name", metavar="NAME")
    restore = add_command(actions, "restore", run=_restore, summary="bring a trashed model back")
    restore.add_argument("name", metavar="NAME")


def _add_import(actions: Subparsers) -> None:
    parser = add_command(
        actions, "import", run=_import, summary="add a model from a checkpoint or a shared file"
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="a checkpoint (.pth, .pt, .safetensors), a TensorFlow.js graph (.json or its folder), "
        "a model's folder, or a file that 'export' wrote",
    )
    parser.add_argument("--as", dest="name", metavar="NAME", required=True, help="its new name")
    parser.add_argument("--arch", choices=list(FEEDING), help="insist on this network")
    parser.add_argument(
        "--weights", choices=["teacher", "student"], help="which of the two a checkpoint holds"
    )


def _list(_: argparse.Namespace) -> int:
    library = ModelLibrary.standard()
    names = library.names()
    width = max(map(len, names), default=0)
    for name in names:
        say(f"{name:{width}}  {_summary(library, name)}")
    return 0


def _summary(library: ModelLibrary, name: str) -> str:
    """One model's line; a broken model is told, and hides no other."""
    try:
        card = library.find(name).card
    except BadModel as error:
        return f"cannot be used: {error}"
    owner = "shipped" if library.is_shipped(name) else "yours"
    return f"{card.task:12}  {owner:7}  {card.title} [{card.licence}]"


def _show(args: argparse.Namespace) -> int:
    model = ModelLibrary.standard().find(args.name)
    say(f"# {model.path}\n{card_text(model.card).rstrip()}")
    return 0


def _import(args: argparse.Namespace) -> int:
    library = ModelLibrary.standard()
    target = library.new_folder(args.name)
    notes: tuple[str, ...] = ()
    if is_archive(args.file):
        model = read_archive(args.file, target)
    elif is_model_folder(args.file):
        model = copy_model(open_model(args.file), target)
    else:
        from core.networks.model_import import ImportRequest, import_network  # loads torch

        request = ImportRequest(args.file, args.name, args.arch, args.weights)
        model, notes = import_network(request, library, today=datetime.now(UTC).date().isoformat())
    for note in notes:
        say(f"{args.file}: {note}")
    say(f"{args.name}: {model.card.architecture}, ready to use ({model.path}).")
    return 0


def _export(args: argparse.Namespace) -> int:
    model = ModelLibrary.standard().find(args.name)
    notes: tuple[str, ...] = ()
    if args.file.suffix in (".pt", ".pth"):
        from core.networks.checkpoint_export import write_authors_checkpoint  # loads torch

        notes = write_authors_checkpoint(model, args.file)
    else:
        write_archive(model, args.file)
    for note in notes:
        say(f"{args.file}: {note}")
    say(f"{args.file}: written.")
    return 0


def _rename(args: argparse.Namespace) -> int:
    ModelLibrary.standard().describe(args.name, title=args.text)
    say(f"{args.name}: is called “{args.text}” now.")
    return 0


def _note(args: argparse.Namespace) -> int:
    ModelLibrary.standard().describe(args.name, note=args.text)
    say(f"{args.name}: noted.")
    return 0


def _trash(args: argparse.Namespace) -> int:
    kept = ModelLibrary.standard().trash(args.name)
    say(f"{args.name}: in the trash; 'shift-pose models restore {kept}' brings it back.")
    return 0


def _restore(args: argparse.Namespace) -> int:
    name = ModelLibrary.standard().restore(args.name)
    say(f"{args.name}: is back" + (f", as {name}." if name != args.name else "."))
    return 0


def _remove(args: argparse.Namespace) -> int:
    ModelLibrary.standard().remove(args.name)
    say(f"{args.name}: removed.")
    return 0
