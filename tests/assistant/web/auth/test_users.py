"""The users file, what is kept of a password, and the command that changes both."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from command_line import run

from assistant.errors import UsageError
from assistant.web.auth.passwords import hash_password, verify
from assistant.web.auth.sessions import ADDRESS_LIMIT, LIFETIME, NAME_LIMIT, PAIR_LIMIT, WINDOW, Login, Outcome
from assistant.web.auth.users import Users, add_user, read_users, remove_user

PASSWORD = "correct horse"
#: What passlib's documentation makes of the password "password".
PASSLIBS = "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E"
#: The same password at a cost that a test can pay often.
CHEAP = "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHRzYWx0$OMhHbSEaEtsu/I0j8kYPfsrH+u3TT8X+IGRK4Kq6rWE"
#: What this program makes of it.
ARGON2 = hash_password("password")


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "users.txt"


def test_what_is_kept_of_a_password_fits_it_alone_and_never_twice_the_same() -> None:
    one, other = hash_password(PASSWORD), hash_password(PASSWORD)
    assert one != other
    assert verify(PASSWORD, one)
    assert not verify(PASSWORD.upper(), one)
    assert PASSWORD not in one


def test_a_new_password_is_kept_as_argon2id() -> None:
    assert hash_password(PASSWORD).startswith("$argon2id$v=19$")


def test_a_scrypt_hash_of_an_older_file_still_lets_in_and_only_with_its_password() -> None:
    assert verify("password", PASSLIBS)
    assert not verify("Password", PASSLIBS)


def test_a_letter_is_the_same_composed_or_not() -> None:
    assert verify("cafe\u0301 au lait", hash_password("caf\u00e9 au lait"))


@pytest.mark.parametrize("password", ["", "short", "x" * 257])
def test_a_password_of_no_fit_length_is_refused(password: str, file: Path) -> None:
    with pytest.raises(UsageError, match=r"the password has \d+ characters; give it 8 to 256"):
        add_user(file, "ann", password)
    assert not file.exists()


def test_the_command_adds_lists_and_removes(file: Path) -> None:
    for name in ("zoë", "ann"):
        added = run("user", "add", name, "--auth", file, "--password-stdin", stdin=f"{PASSWORD}\n")
        assert (added.code, added.err) == (0, f"{name} may log in\n")
    assert run("user", "list", "--auth", file).out == "ann\nzoë\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSWORD not in file.read_text(encoding="utf-8")
    assert run("user", "remove", "ann", "--auth", file).code == 0
    assert run("user", "list", "--auth", file).out == "zoë\n"
    again = run("user", "remove", "ann", "--auth", file)
    assert again.code == 2
    assert again.err.startswith("assistant: there is no user 'ann' in ")


def test_adding_somebody_again_gives_another_password_and_keeps_what_else_stands_there(file: Path) -> None:
    file.write_text(f"# the newsroom\nann:{PASSLIBS}\nbob:{PASSLIBS}\n", encoding="utf-8")
    again = run("user", "add", "ann", "--auth", file, "--password-stdin", stdin=PASSWORD)
    assert again.err == "ann has another password now\n"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["# the newsroom", f"bob:{PASSLIBS}"]
    assert verify(PASSWORD, read_users(file)["ann"])


def test_a_password_is_asked_for_on_a_terminal_or_read_on_request_and_never_an_argument(file: Path) -> None:
    asked = run("user", "add", "ann", "--auth", file, stdin=PASSWORD)
    assert asked.code == 2
    assert "no terminal to ask for the password on; give it with --password-stdin" in asked.err
    assert run("user", "add", "ann", PASSWORD, "--auth", file).code == 2
    assert not file.exists()


def test_without_a_file_it_says_how_to_name_one(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "name it with --auth FILE or in ASSISTANT_AUTH" in run("user", "list").err
    monkeypatch.setenv("ASSISTANT_AUTH", str(file))
    assert run("user", "add", "ann", "--password-stdin", stdin=PASSWORD).code == 0
    assert run("user", "list").out == "ann\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ann:secret\n", "line 1 of {file} is no name:hash"),
        (f"\n# x\n:{CHEAP}\n", "line 3 of {file} is no name:hash"),
        (f"ann:{CHEAP}\nann:{CHEAP}\n", "line 2 of {file} names ann again"),
        (f"ann:{CHEAP.replace('ln=4', 'ln=60')}\n", "line 1 of {file} is no name:hash"),
        (f"ann:{ARGON2.replace('m=65536', 'm=99999999')}\n", "line 1 of {file} is no name:hash"),
        ("", "there is no user in {file}"),
    ],
)
def test_a_bad_file_is_one_clear_line(text: str, said: str, file: Path) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        Users(file)
    assert str(caught.value).startswith(said.format(file=file))
    assert "\n" not in str(caught.value)


def test_the_chat_does_not_begin_with_a_bad_file(file: Path) -> None:
    missing = run("chat", "--no-open", "--auth", file)
    assert missing.code == 2
    assert missing.complaints[0].startswith(f"assistant: there is no users file {file}; make it with: assistant user")
    file.write_bytes(b"\xff\xfe")
    assert run("chat", "--no-open", "--auth", file).complaints == [
        f"assistant: the users file {file} cannot be read: it is not UTF-8 text; name another one"
    ]


async def test_whoever_logs_in_need_not_know_how_their_password_is_kept(file: Path) -> None:
    file.write_text(f"ann:{ARGON2}\nbob:{CHEAP}\n", encoding="utf-8")
    login = Login(Users(file))
    outcomes = [
        (await login.attempt(name, word, "127.0.0.1")).outcome
        for name in ("ann", "bob", "eve")
        for word in ("password", "Password")
    ]
    assert outcomes == [Outcome.IN, Outcome.WRONG, Outcome.IN, Outcome.WRONG, Outcome.WRONG, Outcome.WRONG]


async def test_a_login_ends_with_time_with_the_user_and_with_the_password(file: Path) -> None:
    file.write_text(f"ann:{PASSLIBS}\nbob:{PASSLIBS}\n", encoding="utf-8")
    clock = Clock()
    login = Login(Users(file), clock)
    ann = (await login.attempt(" ann ", "password", "127.0.0.1")).token
    bob = (await login.attempt("bob", "password", "127.0.0.1")).token
    assert (login.user(ann), login.user(bob), login.user("x" * 43), login.user("")) == ("ann", "bob", None, None)
    remove_user(file, "bob")
    assert login.user(bob) is None
    later = (await login.attempt("ann", "password", "127.0.0.1")).token
    clock.now = LIFETIME - 1
    assert login.user(ann) == "ann"
    clock.now = LIFETIME
    assert login.user(ann) is None
    add_user(file, "ann", PASSWORD)
    assert login.user(later) is None


async def test_a_file_that_becomes_unusable_is_reported_and_the_users_stay(file: Path) -> None:
    file.write_text(f"ann:{PASSLIBS}\n", encoding="utf-8")
    said: list[str] = []
    login = Login(Users(file, said.append))
    token = (await login.attempt("ann", "password", "127.0.0.1")).token
    file.write_text("nonsense\n", encoding="utf-8")
    assert login.user(token) == login.user(token) == "ann"
    assert [line.split(":")[0] for line in said] == ["The users stay as they were"]


async def test_failures_are_limited_by_name_and_by_address_and_forgotten_in_time(file: Path) -> None:
    file.write_text(f"ann:{CHEAP}\n", encoding="utf-8")
    clock = Clock()
    login = Login(Users(file), clock)

    async def outcome(name: str, password: str, address: str = "192.0.2.1") -> Outcome:
        return (await login.attempt(name, password, address)).outcome

    assert [await outcome("ann", "guess") for _ in range(PAIR_LIMIT)] == [Outcome.WRONG] * PAIR_LIMIT
    assert await outcome("ann", "password") is Outcome.TOO_MANY  # even the right one
    assert await outcome("ann", "guess", "192.0.2.2") is Outcome.WRONG  # elsewhere she still can
    for number in range(ADDRESS_LIMIT - PAIR_LIMIT):
        assert await outcome(f"name {number}", "guess") is Outcome.WRONG
    assert await outcome("another", "guess") is Outcome.TOO_MANY
    clock.now = WINDOW
    assert await outcome("ann", "guess") is Outcome.WRONG


async def test_an_attacker_does_not_lock_out_everybody_behind_the_same_address(file: Path) -> None:
    file.write_text(f"ann:{CHEAP}\nbob:{CHEAP}\n", encoding="utf-8")
    login = Login(Users(file), Clock())
    for number in range(2 * ADDRESS_LIMIT):
        await login.attempt(f"name {number}", "guess", "127.0.0.1")
    assert (await login.attempt("eve", "guess", "127.0.0.1")).outcome is Outcome.TOO_MANY
    assert (await login.attempt("bob", "password", "127.0.0.1")).outcome is Outcome.IN


async def test_a_browser_that_was_in_before_is_kept_out_by_its_own_failures_only(file: Path) -> None:
    file.write_text(f"ann:{CHEAP}\n", encoding="utf-8")
    login = Login(Users(file), Clock())
    assert (await login.attempt("ann", "password", "127.0.0.1", "browser:a")).outcome is Outcome.IN
    for number in range(NAME_LIMIT + 5):  # from everywhere
        await login.attempt("ann", "guess", f"192.0.2.{number}")
    assert (await login.attempt("ann", "password", "127.0.0.1", "browser:b")).outcome is Outcome.TOO_MANY
    assert (await login.attempt("ann", "password", "127.0.0.1", "browser:a")).outcome is Outcome.IN
    for _ in range(PAIR_LIMIT):
        await login.attempt("ann", "guess", "127.0.0.1", "browser:a")
    assert (await login.attempt("ann", "password", "127.0.0.1", "browser:a")).outcome is Outcome.TOO_MANY


async def test_the_addresses_of_one_network_count_as_one(file: Path) -> None:
    file.write_text(f"ann:{CHEAP}\n", encoding="utf-8")
    login = Login(Users(file), Clock())
    tried = [(await login.attempt("ann", "guess", f"2001:db8::{n}")).outcome for n in range(PAIR_LIMIT + 1)]
    assert tried[-1] is Outcome.TOO_MANY
    assert (await login.attempt("ann", "guess", "2001:db8:0:1::1")).outcome is Outcome.WRONG
