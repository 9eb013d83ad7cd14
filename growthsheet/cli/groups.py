"""The behaviour that all commands share: "did you mean", error messages and exit codes."""

from __future__ import annotations

import errno
import os
from typing import Any

import click

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130


class Commands(click.Group):
    """A group of commands that suggests the nearest one for a wrong name, and ends with a fitting exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order in which a new user needs them."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with, or fail with the name of the nearest one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from growthsheet.text.quoting import nearest

            if close := nearest(args[0], self.commands):
                ctx.fail(f"No such command '{args[0]}'. Did you mean '{close}'?")
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and turn errors into messages and exit codes."""
        from growthsheet.cli import output
        from growthsheet.errors import GrowthsheetError, InputError
        from growthsheet.text.arguments import COMMAND_LINE

        token = COMMAND_LINE.set(True)
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            output.print_line("Interrupted. Every file written is complete; give the command again to continue.")
            ctx.exit(INTERRUPTED)
        except InputError as error:
            output.print_problems(error.problems, as_json=ctx.meta.get(output.AS_JSON, False))
            ctx.exit(BAD_INPUT)
        except GrowthsheetError as error:
            output.print_failure(str(error))
            ctx.exit(FAILED)
        except Exception as error:
            closed = isinstance(error, OSError) and error.errno == errno.EPIPE  # as in: growthsheet ... | head
            if closed or os.environ.get("GROWTHSHEET_DEBUG") == "1":
                raise
            # Never the error's own text: it may contain data of a roster.
            found = (isinstance(error, OSError) and error.strerror) or type(error).__name__
            if isinstance(error, OSError) and isinstance(error.filename, str):
                from growthsheet.text.quoting import one_line

                output.print_failure(f"{one_line(error.filename, 300)}: {found}")
                ctx.exit(FAILED)
            output.print_failure(f"this should not have happened: {found}; set GROWTHSHEET_DEBUG=1 to see where")
            ctx.exit(FAILED)
        finally:
            COMMAND_LINE.reset(token)
