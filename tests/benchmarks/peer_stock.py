"""A stock LangChain pipeline, as its documentation builds one; ``tests.benchmarks.peer`` runs it in an environment of
its own, which has nothing of this project.

Run: ``python peer_stock.py MODEL ARTICLES QUESTIONS FOLDER``: the folder of the model, JSON Lines of articles, a JSON
list of questions, and where Chroma keeps its files. It prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter


def main() -> None:
    """Print how long ingestion and each question took."""
    model, articles, questions, folder = sys.argv[1:]
    embeddings = HuggingFaceEmbeddings(model_name=model)
    embeddings.embed_documents(["Warm up."] * 32)
    started = time.perf_counter()
    documents = []
    for line in Path(articles).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        metadata = {key: record[key] or "" for key in ("id", "title", "source", "published")}
        documents.append(Document(page_content=record["text"], metadata=metadata))
    pieces = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
    store = Chroma(collection_name="stock", embedding_function=embeddings, persist_directory=folder)
    batch = store._client.get_max_batch_size()
    for start in range(0, len(pieces), batch):
        store.add_documents(pieces[start : start + batch])
    ingestion = time.perf_counter() - started
    milliseconds = []
    for question in json.loads(Path(questions).read_text(encoding="utf-8")):
        started = time.perf_counter()
        store.similarity_search(question, k=20)
        milliseconds.append((time.perf_counter() - started) * 1000)
    json.dump({"passages": len(pieces), "ingestion": ingestion, "milliseconds": milliseconds}, sys.stdout)


if __name__ == "__main__":
    main()
