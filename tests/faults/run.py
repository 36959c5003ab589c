"""Builds a small project while things go wrong, and judges what then stands in `dist`.

Run by `.ci/run faults`, on Linux alone: it needs strace, which makes system calls fail or kills at them,
and root or user namespaces, to mount small disks. The first argument is the program, the second the share
of the faults to try, such as `10` for every tenth. It prints figures, and fails where a published set is
not whole, a status or a message is wrong, or the next build needs a hand.

Two texts of a project with two datasets are built: the old stands in `dist` when a build of the new meets
a fault. Each is known by the bytes of a build that nothing disturbed.
"""

import collections
import concurrent.futures
import hashlib
import itertools
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

DATASETS = ["one", "two"]
ERRORS = ["EIO", "ENOSPC", "EACCES", "EMFILE", "EXDEV", "EINVAL"]
# The calls that change a folder or make it durable, and those that a build begins with.
CALLS = ["write", "openat", "getdents64", "fsync", "flock", "?mkdir,?mkdirat", "?rename,?renameat",
         "?renameat2", "?unlink,?unlinkat,?rmdir"]
# What a file system that cannot exchange folders answers.
NO_EXCHANGE = "?renameat2:error=EINVAL"
STATUS_OF_KILL = -signal.SIGKILL
FULL = "1m"


def fail(text):
    sys.exit(f"faults: {text}")


class Tally:
    """What happened, by name, and the first few things that must not."""

    def __init__(self):
        self.counts = collections.Counter()
        self.wrong = []
        self.lock = threading.Lock()

    def add(self, name, number=1):
        with self.lock:
            self.counts[name] += number

    def blame(self, text):
        with self.lock:
            self.counts["wrong"] += 1
            self.wrong.append(text)


def contents(folder):
    """The files of a folder by name, each by its digest; None where there is none."""
    try:
        names = os.listdir(folder)
        return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    except (FileNotFoundError, NotADirectoryError):
        return None


def said(ended):
    """What a build printed, in one line."""
    return " ".join((ended.stdout + ended.stderr).split())


def says_why(ended):
    """Whether a build names a path and the system's error, in a failure or in a finding."""
    printed = said(ended)
    return "(os error " in printed and ("`" in printed or "-->" in printed)


class Lab:
    """The two projects, and what an undisturbed build of each writes."""

    def __init__(self, program, place):
        self.program, self.place = program, place
        self.old, self.new = place / "old", place / "new"
        self.make(self.old, "Before")
        self.make(self.new, "After")
        self.sets = {}
        for name, project in ("old", self.old), ("new", self.new):
            out = place / "clean" / name
            ended = self.build(project, out)
            if ended.returncode != 0:
                fail(f"the undisturbed build failed: {ended.stdout}{ended.stderr}")
            self.sets[name] = {dataset: contents(out / dataset) for dataset in DATASETS}
        for dataset in DATASETS:
            assert self.sets["old"][dataset] != self.sets["new"][dataset], "both builds are equal"

    def make(self, project, title):
        subprocess.run([self.program, "--quiet", "init", "--minimal", project], check=True)
        made = project / "datasets" / "incidents"
        event = next((made / "events").iterdir())
        text = event.read_text(encoding="utf-8")
        for dataset in DATASETS:
            folder = made.with_name(dataset)
            shutil.copytree(made, folder)
            for other in ["a", "b"]:
                other = f"{dataset}-{other}"
                copy = text.replace(event.stem, other, 1)
                copy += f"title: {title} {other}\n"
                (folder / "events" / f"{other}.yaml").write_text(copy, encoding="utf-8")
            (folder / "events" / event.name).unlink()
            described = folder / "dataset.yaml"
            described.write_text(
                described.read_text(encoding="utf-8").replace("incidents", dataset, 1), encoding="utf-8")
        shutil.rmtree(made)

    def build(self, project, out, wrapper=(), **options):
        # One thread: so the calls stand in one order.
        env = {**os.environ, "RAYON_NUM_THREADS": "1"}
        command = [*wrapper, self.program, "build", "--out", out]
        return subprocess.run(command, cwd=project, env=env, capture_output=True, encoding="utf-8",
                              errors="replace", timeout=60, **options)

    def dist(self, earlier):
        """A folder as a build of `earlier` leaves it; empty for None."""
        dist = Path(tempfile.mkdtemp(dir=self.place)) / "dist"
        if earlier:
            shutil.copytree(self.place / "clean" / earlier, dist)
        return dist

    def states(self, dist):
        """Of each dataset: `old`, `new`, `absent` or `torn`."""
        states = []
        for dataset in DATASETS:
            found = contents(dist / dataset)
            named = [name for name in self.sets if self.sets[name][dataset] == found]
            states.append(named[0] if named else "absent" if found is None else "torn")
        return states

    def leftovers(self, dist):
        return [name for name in os.listdir(dist) if name not in DATASETS] if dist.exists() else []

    def next_build(self, tally, dist, told, project=None):
        """The next plain build, which must succeed without a hand and leave nothing else."""
        left = self.leftovers(dist)
        tally.add("left over after a fault", len(left))
        ended = self.build(project or self.new, dist)
        wanted = "old" if project == self.old else "new"
        states = self.states(dist)
        tally.add("left over after the next build", len(self.leftovers(dist)))
        if ended.returncode != 0 or set(states) != {wanted} or self.leftovers(dist):
            names = self.leftovers(dist)
            tally.blame(f"{told}: the next build: {ended.returncode} {states} {names} {ended.stderr}")

    def judge(self, tally, dist, ended, earlier, told, heard=True):
        """Judges what one fault left."""
        tally.add("faults")
        states = self.states(dist)
        status, absent = ended.returncode, earlier or "absent"
        for state in states:
            if state == "torn":
                tally.add("torn")
                tally.blame(f"{told}: torn")
            if state == "absent" and earlier:
                tally.add("absent")
        killed = status == STATUS_OF_KILL
        if killed:
            tally.add("killed")
        elif status == 0:
            tally.add("published")
            if set(states) != {"new"}:
                tally.blame(f"{told}: status 0, but {states}")
        elif status == 2 or status == 1 and "[unreadable-file]" in ended.stdout:
            tally.add("refused")
            if set(states) != {absent}:
                tally.add("status 2, though published")
                # Where no folder can be renamed any more, the earlier output cannot be put back, and that is said.
                if heard and not re.search(r"could not be put back|next build puts back", said(ended)):
                    tally.blame(f"{told}: status 2, but {states}: {ended.stderr}")
            if heard and not says_why(ended):
                tally.blame(f"{told}: says neither path nor reason: {ended.stdout}{ended.stderr}")
        else:
            tally.blame(f"{told}: status {status}: {ended.stderr}")
        self.next_build(tally, dist, told)
        shutil.rmtree(dist.parent)

    def traced(self, dist, faults, project=None, log=None):
        """Builds under strace with faults; gives how it ended and which calls were hit."""
        log = log or dist.parent / "log"
        calls = ",".join(CALLS)
        injects = [f"--inject={fault}" for fault in faults]
        strace = ["strace", "-f", "-qq", "-o", log, f"--trace={calls}", *injects]
        ended = self.build(project or self.new, dist, strace)
        lines = log.read_text(errors="replace").splitlines()
        # strace ends as the program did, but for a signal, of which it dies itself.
        return ended, lines


def calls_of(lab, earlier, calls, more=()):
    """How many calls of a kind a build makes at most in one thread, and from which one on it is eventc
    itself that calls, no longer the loader."""
    dist = lab.dist(earlier)
    _, lines = lab.traced(dist, more)
    shutil.rmtree(dist.parent)
    names = [call.strip("?") for call in calls.split(",")]
    made, first = collections.Counter(), 1
    for line in lines:
        process, call = line.split(None, 1)
        if call.split("(")[0] in names:
            made[process] += 1
            if "/etc/ld.so" in call or re.search(r"\.so[.0-9]*\"", call):
                first = made[process] + 1
    return range(first, max(made.values(), default=0) + 1)


def hit(lines):
    return [line for line in lines if "(INJECTED)" in line]


def failing_calls(lab, tally, share):
    """Every call fails with every error, once and from then on."""
    points = []
    for earlier in "old", None:
        for calls, more in itertools.product(CALLS, [(), (NO_EXCHANGE,)]):
            if more and calls not in ("?rename,?renameat", "fsync"):
                continue
            for at in calls_of(lab, earlier, calls, more):
                for error, ever in itertools.product(ERRORS, ["", "+"]):
                    points.append((earlier, calls, more, at, error, ever))

    def one(point):
        earlier, calls, more, at, error, ever = point
        dist = lab.dist(earlier)
        ended, lines = lab.traced(dist, [f"{calls}:error={error}:when={at}{ever}", *more])
        # What is printed may be lost with the stream that it is printed to.
        heard = not any(re.search(r"write\([12],", line) for line in hit(lines))
        lab.judge(tally, dist, ended, earlier, f"{point}", heard)

    each(one, some(points, share))


def kills_at_calls(lab, tally, share):
    """A kill at every call, also where the file system cannot exchange folders."""
    points = [
        (earlier, calls, more, at)
        for earlier in ["old", None]
        for more in [(), (NO_EXCHANGE,)]
        for calls in CALLS
        if not (more and calls == "?renameat2")
        for at in calls_of(lab, earlier, calls, more)
    ]

    def one(point):
        earlier, calls, more, at = point
        dist = lab.dist(earlier)
        ended, _ = lab.traced(dist, [f"{calls}:signal=KILL:when={at}", *more])
        lab.judge(tally, dist, ended, earlier, f"kill {point}")

    each(one, some(points, share))


def kills_after_kills(lab, tally, share):
    """A kill while what an earlier kill left is removed, or a call that fails then."""
    faults = [f"{calls}:{fault}" for calls in CALLS for fault in
              ["signal=KILL:when={}", "error=EIO:when={}", "error=EACCES:when={}+"]]

    def left_by_kill():
        dist = lab.dist("old")
        lab.traced(dist, ["?renameat2:signal=KILL:when=2", "?rename,?renameat:signal=KILL:when=2"])
        return dist

    points = [(fault.format(at), at) for fault in faults for at in range(1, 60, 3)]

    def one(point):
        fault, _ = point
        dist = left_by_kill()
        left = lab.states(dist)
        ended, lines = lab.traced(dist, [fault])
        heard = not any(re.search(r"write\([12],", line) for line in hit(lines))
        if "signal" not in fault and not hit(lines) and ended.returncode != 0:
            tally.blame(f"after a kill, {fault}: {ended.stderr}")
        tally.add("faults after a kill")
        if "torn" in lab.states(dist) or (heard and ended.returncode not in (0, 1, 2, STATUS_OF_KILL, 127)):
            tally.blame(f"after a kill, {fault}: {left} {lab.states(dist)} {ended}")
        lab.next_build(tally, dist, f"after a kill, {fault}")
        shutil.rmtree(dist.parent)

    each(one, some(points, share))


def random_kills(lab, tally, share):
    def lasts():
        began = time.monotonic()
        dist = lab.dist("old")
        lab.build(lab.new, dist)
        shutil.rmtree(dist.parent)
        return time.monotonic() - began

    chance = random.Random(13)
    longest = statistics.median(lasts() for _ in range(9))
    waits = [chance.uniform(0, longest) for _ in range(1000 // share)]

    def one(wait):
        dist = lab.dist("old")
        env = {**os.environ, "RAYON_NUM_THREADS": "2"}
        running = subprocess.Popen([lab.program, "build", "--out", dist], cwd=lab.new, env=env,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(wait)
        running.kill()
        _, errors = running.communicate()
        ended = subprocess.CompletedProcess([], running.returncode, "", errors)
        lab.judge(tally, dist, ended, "old", f"killed after {wait:.3f} s")

    each(one, waits)


def full_disks(lab, tally, share):
    """Disks of many sizes and of few files."""
    sizes = [f"size={size}k" for size in (*range(4, 1400, 32 * share), 4000)]
    inodes = [f"size=8m,nr_inodes={number}" for number in range(3, 130, 4 * share)]
    for options, earlier in itertools.product(sizes + inodes, ["old", None]):
        disk = Path(tempfile.mkdtemp(dir=lab.place))
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", disk], check=True)
        try:
            dist = disk / "dist"
            try:
                if earlier:
                    shutil.copytree(lab.place / "clean" / earlier, dist)
            except (OSError, shutil.Error):
                continue                      # the old set alone is larger
            ended = lab.build(lab.new, dist)
            tally.add("full disks")
            if ended.returncode != 0:
                tally.add("too full")
            states, told = lab.states(dist), f"{options} {earlier}"
            wanted = "new" if ended.returncode == 0 else earlier or "absent"
            if set(states) != {wanted} or ended.returncode not in (0, 2):
                tally.blame(f"{told}: {ended.returncode} {states} {ended.stderr}")
            if ended.returncode == 2 and "(os error 28)" not in " ".join(ended.stderr.split()):
                tally.blame(f"{told}: {ended.stderr}")
            if dist.exists():
                larger = Path(tempfile.mkdtemp(dir=lab.place)) / "dist"
                shutil.copytree(dist, larger)
                lab.next_build(tally, larger, told)
                shutil.rmtree(larger.parent)
        finally:
            subprocess.run(["umount", disk], check=True)
    if not tally.counts["too full"] or tally.counts["too full"] == tally.counts["full disks"]:
        tally.blame("all disks were too small, or none")


def builds_at_once(lab, tally, share):
    """Two and eight builds of both texts into one folder, and a build whose rival is killed."""
    env = {**os.environ, "RAYON_NUM_THREADS": "1"}

    def begin(project, dist):
        return subprocess.Popen([lab.program, "build", "--out", dist], cwd=project, env=env,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    for number, rounds in (2, 100), (8, 40):
        for turn in range(max(1, rounds // share)):
            dist = lab.dist("old" if turn % 2 else None)
            running = [begin([lab.old, lab.new][at % 2], dist) for at in range(number)]
            if turn % 4 == 3:
                time.sleep(0.03)
                running[0].kill()
            errors = [build.communicate()[1] for build in running]
            tally.add(f"rounds of {number} builds at once")
            tally.add("waited", sum("waiting" in text for text in errors))
            states = lab.states(dist)
            ends = [build.returncode for build in running]
            killed = STATUS_OF_KILL in ends
            if len(set(states)) != 1 or not set(states) <= {"old", "new"} or set(ends) - {0, STATUS_OF_KILL}:
                tally.blame(f"{number} builds at once: {ends} {states} {errors}")
            if not killed and lab.leftovers(dist):
                tally.blame(f"{number} builds at once left {lab.leftovers(dist)}")
            lab.next_build(tally, dist, f"after {number} builds at once")
            shutil.rmtree(dist.parent)


def readers(lab, tally, share):
    """Readers that look on all the time while the old and the new take turns: one by path, one that holds
    the folder open."""
    dist, over = lab.dist("old"), threading.Event()
    wholes = {name: set(lab.sets[name]["one"].items()) for name in lab.sets}
    folder = dist / "one"

    def read(opener):
        found = {}
        for name in lab.sets["old"]["one"]:
            found[name] = hashlib.sha256(opener(name)).hexdigest()
        return set(found.items())

    def by_path():
        while not over.is_set():
            try:
                found = read(lambda name: (folder / name).read_bytes())
            except FileNotFoundError:
                tally.add("reader by path: nothing there")
                continue
            tally.add("reader by path: reads")
            if not found <= wholes["old"] | wholes["new"]:
                tally.add("reader by path: torn files")
                tally.blame("a reader by path found a torn file")
            elif found not in wholes.values():
                tally.add("reader by path: files of both sets")

    def by_open_folder():
        while not over.is_set():
            try:
                handle = os.open(folder, os.O_RDONLY)
            except FileNotFoundError:
                tally.add("reader by open folder: nothing there")
                continue
            try:
                opener = lambda name: os.open(name, os.O_RDONLY, dir_fd=handle)
                found = read(lambda name: open(opener(name), "rb").read())
                tally.add("reader by open folder: reads")
                if found not in wholes.values():
                    tally.blame("a reader that holds the folder open found more than one set")
            except FileNotFoundError:
                tally.add("reader by open folder: replaced while it read")
            finally:
                os.close(handle)

    renames = "?rename,?renameat,?renameat2"
    threads = [threading.Thread(target=look) for look in (by_path, by_open_folder)]
    for thread in threads:
        thread.start()
    for turn in range(200 // share):
        # Each rename lasts, so that they see what is between two of them.
        slow = ["strace", "-f", "-qq", "-o", "/dev/null", f"--trace={renames}",
                f"--inject={renames}:delay_exit=5000"]
        ended = lab.build([lab.new, lab.old][turn % 2], dist, slow)
        tally.add("builds that readers saw")
        if ended.returncode != 0:
            tally.blame(f"a build with readers: {ended.stderr}")
    over.set()
    for thread in threads:
        thread.join()
    for kind in "path", "open folder":
        if tally.counts[f"reader by {kind}: nothing there"]:
            tally.blame(f"a reader by {kind} found nothing there")
    shutil.rmtree(dist.parent)


def some(points, share):
    """A part of the points, the same each time."""
    return random.Random(13).sample(points, -(-len(points) // share))


def each(function, points):
    """Tries points side by side; an unexpected exception ends the run."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for _ in pool.map(function, points):
            pass


def main():
    if not sys.platform.startswith("linux"):
        fail("needs Linux")
    missing = [tool for tool in ("strace", "unshare", "mount") if not shutil.which(tool)]
    if missing:
        fail(f"needs {', '.join(missing)}; on Debian: apt-get install strace util-linux mount")
    # Mounts of its own, that end with it.
    if "EVENTC_FAULTS" not in os.environ:
        os.environ["EVENTC_FAULTS"] = "1"
        user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
        os.execvp("unshare", ["unshare", *user, "--mount", sys.executable, *sys.argv])
    program, share, wanted = Path(sys.argv[1]).resolve(), int((sys.argv[2:3] or ["1"])[0]), sys.argv[3:]
    place = Path(tempfile.mkdtemp(prefix="faults."))
    subprocess.run(["mount", "-t", "tmpfs", "none", place], check=True)
    lab, wrong = Lab(program, place), []
    for part in (failing_calls, kills_at_calls, kills_after_kills, random_kills, full_disks, builds_at_once,
                 readers):
        if wanted and part.__name__ not in wanted:
            continue
        tally, began = Tally(), time.monotonic()
        part(lab, tally, share)
        print(f"{part.__name__.replace('_', ' ')}: {time.monotonic() - began:.0f} s", flush=True)
        for name, count in sorted(tally.counts.items()):
            print(f"  {count:6} {name}", flush=True)
        for text in tally.wrong[:5]:
            print(f"  wrong: {text[:2000]}", flush=True)
        wrong += tally.wrong
    subprocess.run(["umount", place], check=True)
    place.rmdir()
    if wrong:
        fail(f"{len(wrong)} things went wrong")


if __name__ == "__main__":
    main()
