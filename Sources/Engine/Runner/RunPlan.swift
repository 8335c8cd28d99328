/// One extract table of a plan.
package struct TablePlan: Sendable {
  package var extractor: any Extractor
  /// The positions in the plan's list of the transformers that the table drives.
  package var transformers: [Int]

  package init(extractor: any Extractor, transformers: [Int]) {
    self.extractor = extractor
    self.transformers = transformers
  }
}

/// Everything a run does, decided before any data is read.
package struct RunPlan: Sendable {
  /// The extract tables in the order in which they are read: a joined table before the tables
  /// whose rules join it.
  package var tables: [TablePlan]
  package var transformers: [any Transformer]
  package var finisher: any Finisher
  /// The rows that describe the run itself, made from its finished books.
  package var closing: @Sendable (Books) -> [FinishedRows]
  /// What loads the vocabulary's own tables, if they are wanted.
  package var vocabulary: VocabularyRows?

  package init(
    tables: [TablePlan], transformers: [any Transformer], finisher: any Finisher,
    closing: @escaping @Sendable (Books) -> [FinishedRows]
  ) {
    self.tables = tables
    self.transformers = transformers
    self.finisher = finisher
    self.closing = closing
  }

  /// The streams of all transformers, in their order, and where each transformer's begin.
  package var streams: (all: [StreamDefinition], starts: [Int]) {
    var all: [StreamDefinition] = []
    var starts: [Int] = []
    for transformer in transformers {
      starts.append(all.count)
      all += transformer.streams
    }
    return (all, starts)
  }
}

/// The rows of the vocabulary's tables.
package struct VocabularyRows: Sendable {
  /// Takes rows of a table, some at a time.
  package typealias Sink = (FinishedRows) throws -> Void

  /// Whether only concepts that other rows name are wanted.
  package var isUsedOnly: Bool
  /// Gives all rows in their order; the set is `nil` unless only used concepts are wanted.
  package var rows: @Sendable (ConceptSet?, Sink) throws -> Void

  package init(
    isUsedOnly: Bool, rows: @escaping @Sendable (ConceptSet?, Sink) throws -> Void
  ) {
    self.isUsedOnly = isUsedOnly
    self.rows = rows
  }
}

/// How a run uses the machine; no choice here changes a byte of the output.
package struct RunOptions: Sendable {
  /// The number of workers.
  package var threads: Int
  /// The bytes that rows on their way may occupy.
  package var memory: Int
  /// The folder for scratch files; it exists.
  package var scratch: String
  /// Whether the run is to stop, for stages that wait for something else.
  package var isCancelled: @Sendable () -> Bool = { false }

  package init(threads: Int, memory: Int, scratch: String) {
    self.threads = max(1, threads)
    self.memory = memory
    self.scratch = scratch
    blockBytes = min(512 << 10, max(16 << 10, memory / self.threads / 64))
    shuffleBytes = memory / 3
    partitionBytes = min(64 << 20, max(64 << 10, memory / self.threads / 10))
    largeBytes = partitionBytes * 3
    broadcastBytes = memory / 8
  }

  /// The size of the blocks in which sources are read: a worker's blocks and what they become take
  /// a small share of the budget.
  package var blockBytes: Int

  /// The bytes of mapped rows that wait in memory before they are written to a scratch file.
  package var shuffleBytes: Int

  /// The bytes that joined tables may take that are held whole; the largest are not.
  package var broadcastBytes: Int

  /// The bytes of rows in one partition; finishing it takes a few times as much.
  package var partitionBytes: Int

  /// The bytes of rows beyond which those of one bucket are finished through scratch files.
  package var largeBytes: Int
}
