package import Columnar
internal import SQLite

/// What a run adds to the ledger.
package struct LedgerChanges: Sendable {
  package var persons: [(digest: Digest, sequence: Int64)] = []
  package var entities: [(table: String, identity: Digest, id: Int64)] = []
  package var exceptions: [(person: Int64, identity: Digest, place: Int64)] = []
  /// The slots of the targets of codes that have changed; each replaces what was known.
  package var slots: [(code: Digest, slots: [Int64: Int64])] = []
  /// The last sequence given in each bucket that has new persons.
  package var lastSequence: [Int: Int64] = [:]

  package init() {}
}

/// Why a ledger cannot be used.
package enum LedgerError: Error, CustomStringConvertible, Sendable {
  /// It was made under another secret key: its digests mean nothing here.
  case otherKey
  /// It was written by a version of the program that made other ids.
  case olderVersion(Int64)
  /// It was written by a newer version of the program.
  case newerVersion(Int64)
  /// A bucket of persons has no number left.
  case bucketFull(Int)

  package var description: String {
    switch self {
    case .otherKey:
      "the ledger was made with another secret key; its ids would not be found again"
    case .olderVersion(let version):
      "the ledger has format \(version), from before ids were made as they are now; "
        + "move the state folder away, and all ids are given anew"
    case .newerVersion(let version):
      "the ledger has format \(version); this program knows up to \(Ledger.version)"
    case .bucketFull(let bucket):
      "bucket \(bucket) holds 65,535 persons and has no number left"
    }
  }
}

/// The memory of ids: which number each person and each place was given, and which events could not
/// have the place they asked for.
///
/// The ledger is an input of a run and is backed up with the target: with it, a rebuild gives every
/// row the id it had. A SQLite file, so that it is crash-safe and can be read with common tools; it
/// holds digests and numbers, no identifier. One run writes at a time, in one transaction.
package final class Ledger: Sendable {
  /// The format that this program writes.
  package static let version: Int64 = 2

  private let connection: Guarded<Connection>

  /// Opens a ledger, making it when it is not there.
  ///
  /// - Parameters:
  ///   - path: the file, or `nil` for one that lives in memory only.
  ///   - keyFingerprint: the fingerprint of the secret key under which its digests are made.
  /// - Throws: `LedgerError` where the ledger is not one for this program and key, else what SQLite
  ///   says.
  package init(path: String?, keyFingerprint: String) throws {
    let opened =
      if let path { try Connection(path: path, .create) } else { try Connection(inMemory: ()) }
    // A file of a newer version is left as it is; of two programs that begin one, one makes it.
    opened.waitForLocks(milliseconds: 5_000)
    if try Ledger.isMissing(opened) {
      try opened.transaction {
        if try Ledger.isMissing(opened) { try Ledger.make(opened, keyFingerprint) }
      }
    }
    try Ledger.check(opened, keyFingerprint)
    connection = Guarded(opened)
  }

  private static func isMissing(_ connection: borrowing Connection) throws -> Bool {
    try connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'ledger'") == 0
  }

  private static func make(_ connection: borrowing Connection, _ keyFingerprint: String) throws {
    try connection.execute(
      """
      CREATE TABLE ledger (version INTEGER NOT NULL, key TEXT NOT NULL);
      CREATE TABLE person (
        bucket INTEGER NOT NULL, digest BLOB NOT NULL, sequence INTEGER NOT NULL,
        PRIMARY KEY (bucket, digest)) WITHOUT ROWID;
      CREATE TABLE entity (
        cdm_table TEXT NOT NULL, identity BLOB NOT NULL, id INTEGER NOT NULL,
        PRIMARY KEY (cdm_table, identity)) WITHOUT ROWID;
      CREATE TABLE exception (
        person_id INTEGER NOT NULL, identity BLOB NOT NULL, place INTEGER NOT NULL,
        PRIMARY KEY (person_id, identity)) WITHOUT ROWID;
      CREATE TABLE slot (
        code BLOB NOT NULL, concept INTEGER NOT NULL, slot INTEGER NOT NULL,
        PRIMARY KEY (code, concept)) WITHOUT ROWID;
      """)
    var insert = try connection.prepare("INSERT INTO ledger VALUES (?, ?)")
    try insert.bind(Ledger.version, at: 1)
    try insert.bind(keyFingerprint, at: 2)
    try insert.run()
  }

  private static func check(_ connection: borrowing Connection, _ keyFingerprint: String) throws {
    let version = try connection.integer("SELECT version FROM ledger") ?? 0
    guard version <= Ledger.version else { throw LedgerError.newerVersion(version) }
    // Keys of several parts are joined otherwise since format 2: the ids of the older would all change.
    guard version == Ledger.version else { throw LedgerError.olderVersion(version) }
    guard try connection.text("SELECT key FROM ledger") == keyFingerprint else {
      throw LedgerError.otherKey
    }
  }

  /// Begins a run's changes.
  package func begin() throws { try connection.withLock { try $0.execute("BEGIN IMMEDIATE") } }

  package func commit() throws { try connection.withLock { try $0.execute("COMMIT") } }

  /// Forgets the changes of a run that failed.
  package func rollBack() {
    // Nothing to undo is no failure here: the run may have stopped before it began.
    connection.withLock { try? $0.execute("ROLLBACK") }
  }

  /// The persons known in some buckets, and the last sequence given in each.
  package func persons(
    in buckets: Range<Int>
  ) throws -> (sequences: [Digest: Int64], last: [Int: Int64]) {
    try connection.withLock { connection in
      var sequences: [Digest: Int64] = [:]
      var last: [Int: Int64] = [:]
      var query = try connection.prepare(
        "SELECT bucket, digest, sequence FROM person WHERE bucket >= ? AND bucket < ?")
      try query.bind(Int64(buckets.lowerBound), at: 1)
      try query.bind(Int64(buckets.upperBound), at: 2)
      while try query.step() {
        let bucket = Int(query.integer(at: 0))
        let sequence = query.integer(at: 2)
        sequences[Digest(bytes: query.blob(at: 1))] = sequence
        last[bucket] = max(last[bucket] ?? 0, sequence)
      }
      return (sequences, last)
    }
  }

  /// The ids of a table's rows without a person, by identity.
  package func entities(of table: String) throws -> [Digest: Int64] {
    try connection.withLock { connection in
      var ids: [Digest: Int64] = [:]
      var query = try connection.prepare("SELECT identity, id FROM entity WHERE cdm_table = ?")
      try query.bind(table, at: 1)
      while try query.step() { ids[Digest(bytes: query.blob(at: 0))] = query.integer(at: 1) }
      return ids
    }
  }

  /// The slots of the targets of every code met so far.
  package func slots() throws -> [Digest: [Int64: Int64]] {
    try connection.withLock { connection in
      var slots: [Digest: [Int64: Int64]] = [:]
      var query = try connection.prepare("SELECT code, concept, slot FROM slot")
      while try query.step() {
        slots[Digest(bytes: query.blob(at: 0)), default: [:]][query.integer(at: 1)] =
          query.integer(at: 2)
      }
      return slots
    }
  }

  /// The events of the persons in some buckets that have a place other than the one they ask for,
  /// by person id and identity.
  package func exceptions(in buckets: Range<Int>) throws -> [Int64: [Digest: Int64]] {
    try connection.withLock { connection in
      var places: [Int64: [Digest: Int64]] = [:]
      var query = try connection.prepare(
        "SELECT person_id, identity, place FROM exception WHERE person_id >= ? AND person_id < ?")
      try query.bind(Int64(buckets.lowerBound) << 16, at: 1)
      try query.bind(Int64(buckets.upperBound) << 16, at: 2)
      while try query.step() {
        places[query.integer(at: 0), default: [:]][Digest(bytes: query.blob(at: 1))] =
          query.integer(at: 2)
      }
      return places
    }
  }

  /// Adds what a partition needs remembered, within the run's transaction.
  package func add(_ changes: LedgerChanges) throws {
    try connection.withLock { connection in
      if !changes.persons.isEmpty {
        var insert = try connection.prepare("INSERT INTO person VALUES (?, ?, ?)")
        for person in changes.persons {
          let digest = person.digest.bytes
          try insert.bind(Int64(Buckets.of(person.digest)), at: 1)
          try insert.bind(blob: digest.span, at: 2)
          try insert.bind(person.sequence, at: 3)
          try insert.run()
        }
      }
      if !changes.entities.isEmpty {
        var insert = try connection.prepare("INSERT INTO entity VALUES (?, ?, ?)")
        for entity in changes.entities {
          let identity = entity.identity.bytes
          try insert.bind(entity.table, at: 1)
          try insert.bind(blob: identity.span, at: 2)
          try insert.bind(entity.id, at: 3)
          try insert.run()
        }
      }
      if !changes.slots.isEmpty {
        var delete = try connection.prepare("DELETE FROM slot WHERE code = ?")
        var insert = try connection.prepare("INSERT INTO slot VALUES (?, ?, ?)")
        for change in changes.slots {
          let code = change.code.bytes
          try delete.bind(blob: code.span, at: 1)
          try delete.run()
          for (concept, slot) in change.slots.sorted(by: { $0.key < $1.key }) {
            try insert.bind(blob: code.span, at: 1)
            try insert.bind(concept, at: 2)
            try insert.bind(slot, at: 3)
            try insert.run()
          }
        }
      }
      if !changes.exceptions.isEmpty {
        var insert = try connection.prepare("INSERT INTO exception VALUES (?, ?, ?)")
        for exception in changes.exceptions {
          let identity = exception.identity.bytes
          try insert.bind(exception.person, at: 1)
          try insert.bind(blob: identity.span, at: 2)
          try insert.bind(exception.place, at: 3)
          try insert.run()
        }
      }
    }
  }
}
