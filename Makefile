# The commands of the portal; what they promise stands in docs/contract.md.
PYTHON := .venv/bin/python
VAR_DIR ?= var
TEST_VAR := var/test
WITH_SERVERS := $(PYTHON) -m cultuurportaal.embedded --var $(VAR_DIR) run --
WITH_TEST_SERVERS := VAR_DIR=$(TEST_VAR) $(PYTHON) -m cultuurportaal.embedded --var $(TEST_VAR) --fast run --
CODE := cultuurportaal partners agenda netwerk tests bench manage.py

.PHONY: run test clients check bench lock messages
.DEFAULT_GOAL := run

run: .venv/embedded.stamp
	@VAR_DIR=$(VAR_DIR) exec $(WITH_SERVERS) $(PYTHON) manage.py start

test: .venv/dev.stamp
	@$(WITH_TEST_SERVERS) $(PYTHON) -m pytest $(ARGS)

clients: .venv/dev.stamp
	@$(WITH_TEST_SERVERS) $(PYTHON) -m pytest -o addopts=-ra tests/clients $(ARGS)

check: .venv/dev.stamp
	$(PYTHON) -m ruff format --check $(CODE)
	$(PYTHON) -m ruff check $(CODE)
	$(PYTHON) -m mypy
	$(PYTHON) -m djlint --quiet --lint templates
	$(WITH_TEST_SERVERS) $(PYTHON) manage.py makemigrations --check --dry-run
	$(WITH_TEST_SERVERS) $(PYTHON) -m pytest -q tests/test_house.py tests/test_translations.py

bench: .venv/dev.stamp
	@VAR_DIR=var/bench $(PYTHON) -m cultuurportaal.embedded --var var/bench --fast run -- $(PYTHON) -m bench $(ARGS)

lock:
	for name in runtime embedded dev production; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

# Both read and write locale/en; they need gettext (the tests do not).
messages: .venv/dev.stamp
	$(PYTHON) -m django makemessages -l en --no-wrap --no-location --no-obsolete \
	  $(foreach folder,.venv var tests bench node_modules,--ignore $(folder))
	$(PYTHON) -m django compilemessages -l en --ignore .venv

# A stamp is newer than the lock file it was made from; dev holds all of embedded.
.venv/%.stamp: requirements/%.txt
	@requirements/install.sh $*
	@touch $@
