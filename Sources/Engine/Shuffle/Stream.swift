package import Columnar
package import CommonDataModel

/// The names of the columns that every stream begins with: who a row belongs to, which source row
/// it came from, and which of that row's outputs it is.
package enum RowHeader {
  /// The digest of the person; of the row's own key in a stream without persons.
  package static let person = "#person"
  /// The digest of the source key.
  package static let key = "#key"
  /// The 128-bit hash of the source record, in two words.
  package static let content0 = "#content0"
  package static let content1 = "#content1"
  /// The packed `SourcePosition` of the source record.
  package static let position = "#position"
  /// Which of several joined rows the row came from, in the order of their contents.
  package static let fan = "#fan"
  /// Which of several targets of the code the row holds.
  package static let slot = "#slot"
  /// Why the row exists: see `RowCause`.
  package static let cause = "#cause"

  package static let fields: [Field] = [
    Field(person, .digest), Field(key, .digest), Field(content0, .integer),
    Field(content1, .integer), Field(position, .integer), Field(fan, .integer),
    Field(slot, .integer), Field(cause, .integer),
  ]

  /// The digest of the key of the visit that the row names; nullable.
  package static let visit = "#visit"
  /// The value that decides between rows of one key; nullable.
  package static let preference = "#prefer"
  /// The prefix of a column with the digest of the key of a row that a field refers to.
  package static let reference = "#ref:"
  /// The prefix of a column with the number of the code from which a concept field comes; NULL in
  /// rows that do not count for it.
  package static let code = "#code:"
}

/// Why a row of a stream exists beside the others of its source row.
package enum RowCause: Int64, Sendable {
  /// The first, or only, row of its source row.
  case first = 0
  /// One more because a join found several rows.
  case join = 1
  /// One more because the code maps to several concepts.
  case mapping = 2
  /// One more because several columns of the source row make rows of their own.
  case unpivot = 3
}

/// The rows of one rule that go to one table of the CDM; or, without a table, the rule's
/// tombstones: rows in quarantine that others may name as their parent.
package struct StreamDefinition: Sendable {
  /// The rule's name, `pipeline/id`.
  package var rule: String
  package var table: CDMTable?
  package var schema: Schema

  package init(rule: String, table: CDMTable?, schema: Schema) {
    self.rule = rule
    self.table = table
    self.schema = schema
  }

  /// The stream of a rule's tombstones.
  package static func tombstones(rule: String) -> StreamDefinition {
    StreamDefinition(rule: rule, table: nil, schema: Schema(RowHeader.fields))
  }

  /// Whether rows belong to persons; the others are numbered by their own keys.
  package var isPersonBound: Bool { table?.isPersonBound ?? true }
}

/// The rows of one stream in one partition, in no particular order.
package struct StreamRows: Sendable {
  package var stream: Int
  package var batch: Batch

  package init(stream: Int, batch: Batch) {
    self.stream = stream
    self.batch = batch
  }
}

/// The rows of all streams that belong to a run of consecutive buckets.
package struct PartitionRows: Sendable {
  package var buckets: Range<Int>
  package var streams: [StreamRows]

  package init(buckets: Range<Int>, streams: [StreamRows]) {
    self.buckets = buckets
    self.streams = streams
  }
}

/// Where a finished row comes from.
package struct RowOrigin: Hashable, Sendable {
  /// The rule that made it; `nil` where the engine derived it.
  package var rule: String?
  /// The places of the source rows that gave its values, ascending.
  package var positions: [SourcePosition]

  package init(rule: String?, positions: [SourcePosition]) {
    self.rule = rule
    self.positions = positions
  }
}

/// Rows of one CDM table, finished, in the order of their keys.
package struct FinishedRows: Sendable {
  package var table: CDMTable
  package var batch: Batch
  /// Where each row comes from; empty unless rows are traced.
  package var origins: [RowOrigin]

  package init(table: CDMTable, batch: Batch, origins: [RowOrigin] = []) {
    self.table = table
    self.batch = batch
    self.origins = origins
  }
}

/// All that finishing a partition gives, to be committed in the partition's turn.
package struct FinishedPartition: Sendable {
  package var rows: [FinishedRows]
  package var books: Books
  package var quarantine: [QuarantineEntry]
  package var ledger: LedgerChanges
  /// Rows for the finishing of those that name rows of other persons: see `Finisher.relations`.
  package var related: [StreamRows] = []

  package init(
    rows: [FinishedRows] = [], books: Books = Books(), quarantine: [QuarantineEntry] = [],
    ledger: LedgerChanges = LedgerChanges()
  ) {
    self.rows = rows
    self.books = books
    self.quarantine = quarantine
    self.ledger = ledger
  }
}

/// The ids of rows without a person, by table, rule-independent key and, for references, by rule.
package struct EntityRegistry: Sendable {
  /// For each rule, the id of the row of each key digest.
  package var ids: [String: [Digest: Int64]]

  package init(ids: [String: [Digest: Int64]] = [:]) { self.ids = ids }
}

/// The fixed partition of persons.
package enum Buckets {
  /// The number of buckets: part of the state format, never changed.
  package static let count = 4096

  /// The bucket of a person: the first twelve bits of the digest.
  @inlinable
  package static func of(_ digest: Digest) -> Int { Int(digest.word0 >> 52) }

  /// The bucket of a person by id: the sequence within it takes the last sixteen bits.
  package static func of(person id: Int64) -> Int { Int(id >> 16) }
}
