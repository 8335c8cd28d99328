public import Columnar
public import CommonDataModel

/// One file, or one part of a source, that is read from its start to its end.
public struct SourcePart: Hashable, Sendable {
  /// The path as reports show it; pseudonymised where file names are identifiers.
  public var name: String
  /// The path to read.
  public var path: String
  /// Its size in bytes: the measure of progress.
  public var size: Int64
  /// How its text is written, such as `utf-16le`, where its extractor must know to find a record
  /// again; empty where that does not matter.
  public var encoding: String
  /// Whether the part can be read again when the run is over.
  public var lasts: Bool

  /// A part of a source.
  public init(
    name: String, path: String, size: Int64, encoding: String = "", lasts: Bool = true
  ) {
    self.name = name
    self.path = path
    self.size = size
    self.encoding = encoding
    self.lasts = lasts
  }
}

/// A run of whole records of one part, not yet parsed; what it holds is its extractor's affair.
public protocol SourceChunk: Sendable {
  /// The bytes of the source that the chunk covers.
  var byteCount: Int { get }
}

/// Reads one part in order and cuts it into chunks; used by one thread at a time.
public protocol PartReader: AnyObject {
  /// The next chunk, or `nil` at the end.
  func next() throws -> (any SourceChunk)?
}

/// A stage that makes typed rows of a source.
///
/// Cutting is sequential and cheap; parsing a chunk is a pure function that any number of threads
/// call at once. What a chunk becomes must not depend on where chunks were cut.
package protocol Extractor: Sendable {
  /// The name of the extract table.
  var table: String { get }
  /// The columns that `parse` yields.
  var schema: Schema { get }
  /// The parts of the table, in an order that depends on their names alone.
  var parts: [SourcePart] { get }
  /// What the source turned out to be that is worth knowing and no mistake: columns that are not
  /// declared, or in another order.
  var remarks: [String] { get }
  /// About how many rows there are, where that can be told from a few of them.
  var estimatedRows: Int? { get }
  /// Opens a part; `file` is its number in the run's list of files.
  func open(_ part: SourcePart, file: Int) throws -> any PartReader
  func parse(_ chunk: any SourceChunk) throws -> SourceBatch
  /// The lines, from 1, on which records stand whose offsets are given in ascending order; what an
  /// extractor does not say otherwise about is found by counting line feeds.
  func lineNumbers(of offsets: [Int64], in part: SourcePart) throws -> [Int64: Int64]
  /// The offset at which the record on a line, from 1, begins; `nil` when there is no such line.
  func offset(ofLine line: Int, in part: SourcePart) throws -> Int64?
}

/// A stage that maps the rows of one extract table, a batch at a time, to rows of streams.
///
/// It is a pure function of the batch and the broadcast tables; any number of threads call it.
package protocol Transformer: Sendable {
  /// The name of the rule, unique in the project: `pipeline/id`.
  var name: String { get }
  /// The extract table whose rows drive the rule.
  var source: String { get }
  /// The joined tables with the columns of their keys.
  var broadcasts: [BroadcastRequest] { get }
  /// The streams that the rule may fill.
  var streams: [StreamDefinition] { get }
  /// The exchanges in which its rows wait, in the order in which they go through them.
  var exchanges: [ExchangeDefinition] { get }
  func map(_ source: SourceBatch, broadcasts: [BroadcastTable], into output: inout MapOutput) throws
  /// Goes on with rows that waited in an exchange.
  ///
  /// - Parameters:
  ///   - exchange: the position of the exchange in the list.
  ///   - rows: some rows that waited; where no table is joined, all rows of some keys.
  ///   - joined: the rows of the joined table with the keys of these rows.
  ///   - broadcasts: the tables of `broadcasts`.
  ///   - output: gets what comes of the rows.
  /// - Throws: what the rule's own stages throw.
  func resume(
    _ exchange: Int, _ rows: SourceBatch, joined: BroadcastTable?, broadcasts: [BroadcastTable],
    into output: inout MapOutput
  ) throws
}

extension Transformer {
  package var exchanges: [ExchangeDefinition] { [] }

  package func resume(
    _ exchange: Int, _ rows: SourceBatch, joined: BroadcastTable?, broadcasts: [BroadcastTable],
    into output: inout MapOutput
  ) throws {
    preconditionFailure("a rule without exchanges is never resumed")
  }
}

/// A stage that finishes the rows of whole persons: identity, links, derived tables.
///
/// Partitions are finished by any number of threads at once and committed in the order of their
/// buckets, one at a time.
package protocol Finisher: Sendable {
  /// Numbers the rows that have no person; called once, before any partition.
  func finishEntities(
    _ rows: PartitionRows, ledger: Ledger
  ) throws -> (finished: FinishedPartition, registry: EntityRegistry)

  /// Finishes the persons of one partition.
  func finish(
    _ partition: PartitionRows, registry: EntityRegistry, ledger: Ledger
  ) throws -> FinishedPartition

  /// Finishes the persons of a partition that is too large to be held at once.
  ///
  /// - Parameters:
  ///   - partition: its rows.
  ///   - registry: the rows without a person.
  ///   - ledger: the ids of earlier runs.
  ///   - commit: takes what is finished, in the order in which it is to be written; together it is what
  ///     finishing the rows at once would give.
  /// - Throws: what `commit` or the scratch files throw.
  func finish(
    _ partition: LargePartition, registry: EntityRegistry, ledger: Ledger,
    commit: (FinishedPartition) throws -> Void
  ) throws

  /// The columns of `FinishedPartition.related`: of the rows that others may name, then of the rows
  /// that wait in each round; none where no row names rows of other persons.
  var relations: [Schema] { get }

  /// Finishes rows that name rows of other persons, once all persons are finished.
  ///
  /// - Parameters:
  ///   - rows: the rows that others may name and those that wait in the round, of some keys.
  ///   - round: from 1, as in `relations`; rows may go on to the next round.
  ///   - registry: the rows without a person.
  /// - Returns: what is finished, and the rows that wait in the next round.
  /// - Throws: what the rule's own stages throw.
  func relate(
    _ rows: PartitionRows, round: Int, registry: EntityRegistry
  ) throws -> FinishedPartition
}

extension Finisher {
  package func finish(
    _ partition: LargePartition, registry: EntityRegistry, ledger: Ledger,
    commit: (FinishedPartition) throws -> Void
  ) throws {
    let rows = PartitionRows(
      buckets: partition.buckets, streams: try partition.rows(of: partition.streams))
    try commit(try finish(rows, registry: registry, ledger: ledger))
  }

  package var relations: [Schema] { [] }

  package func relate(
    _ rows: PartitionRows, round: Int, registry: EntityRegistry
  ) throws -> FinishedPartition {
    preconditionFailure("no row names rows of other persons")
  }
}

/// A stage that writes finished rows into a target, beside what is published there.
///
/// Tables receive their rows in the order of their keys. Nothing is visible to readers before
/// `publish`.
///
/// A loader is used by one thread at a time. Calls come in the order `create`, `append` for each
/// batch, `finish`, `publish`; `abandon` may come instead of any of them.
public protocol Loader: AnyObject {
  /// Makes the tables, empty; those of the CDM that are not named need not be there.
  func create(tables: [CDMTable]) throws
  /// Appends rows behind those already there; the columns are fields of the table, in any order, and
  /// fields without a column have no value.
  func append(_ batch: Batch, to table: CDMTable) throws
  /// Appends some rows of a batch; what a loader does not say otherwise about is done by `append`.
  func append(_ batch: Batch, rows: Range<Int>, to table: CDMTable) throws
  /// Builds indexes and counts the rows of each table in the target itself.
  func finish() throws -> [String: Int]
  /// Replaces what was published by what was loaded, in one move.
  func publish() throws
  /// Removes what was loaded; safe to call at any moment before `publish`.
  func abandon()
}

extension Extractor {
  package var remarks: [String] { [] }

  package var estimatedRows: Int? { nil }

  package func lineNumbers(
    of offsets: [Int64], in part: SourcePart
  ) throws -> [Int64: Int64] {
    try LineNumbers.find(offsets, path: part.path)
  }

  package func offset(ofLine line: Int, in part: SourcePart) throws -> Int64? {
    try LineNumbers.offset(ofLine: line, path: part.path)
  }
}

extension Loader {
  /// Appends the rows as a batch of their own.
  public func append(_ batch: Batch, rows: Range<Int>, to table: CDMTable) throws {
    if rows.count == batch.count { return try append(batch, to: table) }
    try append(batch.gather(rows.map { Int32($0) }), to: table)
  }
}
