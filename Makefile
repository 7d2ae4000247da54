# Two commands do everything: `make chat` and `make test`. `make help` lists the others.
PYTHON ?= python3
BIN := .venv/bin
Q ?= what does Russia say caused the freeze?
# Through the environment, so that quotation marks and dollar signs in a question mean nothing to the shell.
export Q

.DEFAULT_GOAL := help
.PHONY: help setup chat ask test test-fast lint types lock readme eval-samples eval-paraphrases eval-newsask train-reader train-answerability train-kinds eval-speakers screenshots bench bench-retrieval bench-start bench-lexical bench-support bench-answers bench-attribution bench-ingest bench-duplicates bench-chat bench-peer bench-scale bench-limits bench-pages eval-data fuzz clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

# Installed anew whenever the lock or the project's metadata changes; compiled, or every start would pay for it.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make setup PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(BIN)/python -m compileall -q -j 0 .venv/lib assistant ingest prompts vectorstore || true
	touch $@

setup: .venv/installed ## make .venv and install the project in it

chat: setup ## open the chat in the browser
	$(BIN)/assistant chat $(ARGS)

ask: setup ## answer once: make ask Q="what does Russia say caused the freeze?"
	@$(BIN)/assistant ask $(ARGS) -- "$$Q"

# Files to processes, because what a file shares is made once a process; one more of them than processors, because a
# browser is waited for.
test: setup lint types ## lint, check types and run the tests
	$(BIN)/python -m pytest -n $$(( $$($(BIN)/python -c 'import os; print(os.cpu_count() or 1)') + 1 )) --dist loadfile --no-loadscope-reorder

# What needs no store of articles, no server and no browser: under a minute on two cores.
FAST := tests/ingest/language tests/ingest/attribution tests/ingest/readers tests/ingest/test_article.py \
	tests/ingest/test_chunk.py tests/ingest/test_corrections.py tests/prompts tests/assistant/question \
	tests/assistant/citing tests/assistant/render tests/assistant/verification tests/assistant/evaluation/measures \
	tests/assistant/evaluation/test_bootstrap.py tests/vectorstore/retrieval/test_signals.py

test-fast: setup lint ## lint, and the tests that need no store, server or browser: the inner loop
	$(BIN)/python -m pytest -q -n 2 --dist loadfile $(FAST) --ignore tests/ingest/attribution/test_robustness.py

lint: setup ## ruff, and the import order of every folder
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup
	$(BIN)/mypy

lock: ## pin the dependencies anew (needs uv)
	{ echo "# Everything that the program and its tests need, pinned. Made by \`make lock\`; installed with --no-deps."; \
	  uv pip compile pyproject.toml --group test --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet; \
	  sed -n '/^# The encoder/,$$p' requirements.lock; } > requirements.lock.new
	mv requirements.lock.new requirements.lock

readme: setup ## bring the README's generated parts up to date
	$(BIN)/cog -r README.md

eval-samples: setup ## evaluate the bundled questions and bring the README's table up to date
	$(BIN)/python -m tests.helpers.samples_table

eval-paraphrases: setup ## the bundled questions in three other wordings, without a model: make eval-paraphrases ARGS=--wrong
	$(BIN)/python -m tests.benchmarks.paraphrases $(ARGS)

eval-newsask: setup ## without a model: article, sentence and abstention on newsask-train, by type and style
	$(BIN)/python -m tests.benchmarks.newsask $(ARGS)

eval-speakers: setup ## precision and recall of the speakers that are shown
	$(BIN)/python -m tests.benchmarks.speakers_shown $(ARGS)

train-kinds: setup ## fit what tells prose from captions, headings and the like: make train-kinds ARGS="LABELS --write"
	$(BIN)/python -m tests.benchmarks.sentence_kinds $(ARGS)

train-reader: setup ## make the learned reader again from labelled questions (needs torch: pip install 'torch==2.13.0')
	$(BIN)/python -m tests.benchmarks.train_reader $(ARGS)

train-answerability: setup ## fit what the reader's scores count in the confidence, and print it
	$(BIN)/python -m tests.benchmarks.answerability $(ARGS)

screenshots: setup ## take the pictures in docs/ (needs Chromium)
	$(BIN)/python -m tests.screenshots

bench: bench-start bench-retrieval bench-support ## the benchmarks that take minutes

bench-start: setup ## how fast `assistant --help` and the first `assistant ask` are
	$(BIN)/python -m tests.benchmarks.start

bench-retrieval: setup ## retrieval's hits and time on realtimeqa-dev
	$(BIN)/python -m tests.benchmarks.retrieval

bench-lexical: setup ## tantivy, bm25s and SQLite's FTS5 compared
	$(BIN)/python -m tests.benchmarks.lexical

bench-support: setup ## the support check on qags-dev
	$(BIN)/python -m tests.benchmarks.support

bench-answers: setup ## answers without a model, and abstention, on realtimeqa-dev, multihop-rag-dev and the samples
	$(BIN)/python -m tests.benchmarks.answers

bench-attribution: setup ## who said what, on polnear-dev
	$(BIN)/python -m tests.benchmarks.attribution

bench-pages: setup ## title, authors, day and body of the real pages of news-pages-dev
	$(BIN)/python -m tests.benchmarks.pages $(ARGS)

eval-data: setup ## evaluate on realtimeqa-dev and multihop-rag-dev; writes docs/EVALUATION.md
	$(BIN)/python -m tests.benchmarks.eval_data --write

bench-ingest: setup ## time and peak memory of ingesting realtimeqa-dev, also by workers: ARGS='--before CHECKOUT'
	$(BIN)/python -m tests.benchmarks.ingestion $(ARGS)

bench-chat: setup ## 20 people chatting at once: time to the first words, alone and together
	PYTHONPATH=tests/helpers $(BIN)/python -m tests.benchmarks.chat

bench-duplicates: setup ## built near-duplicates, and the copies among realtimeqa-dev's articles
	$(BIN)/python -m tests.benchmarks.duplicates

bench-peer: setup ## ingestion and questions beside a stock LangChain pipeline, in turns (installs it, once)
	$(BIN)/python -m tests.benchmarks.peer $(ARGS)

bench-scale: setup ## how a store grows from 1,000 to 200,000 passages (docs/growth.svg); keeps 3 GB in .cache
	$(BIN)/python -m tests.benchmarks.scale $(ARGS)

fuzz: setup ## feed the readers damaged and hostile inputs for ten minutes: make fuzz ARGS='--seconds 60'
	$(BIN)/python -m tests.fuzz $(ARGS)

bench-limits: setup ## what the processor can do at most: int8 products, reading vectors
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.benchmarks.limits

clean: ## remove .venv and caches
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
