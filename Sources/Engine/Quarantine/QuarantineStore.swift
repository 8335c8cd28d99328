internal import Columnar
internal import SQLite

/// The quarantine of one run as a SQLite file: what was refused, by place and reason, never by
/// value.
///
/// Entries are written as they come; `finish` adds the lines of the files and the numbers by reason.
package final class QuarantineStore: QuarantineSink {
  private static let pendingLimit = 16 << 10

  private struct State: ~Copyable {
    var connection: Connection
    var pending: [QuarantineEntry] = []
  }

  private let state: Guarded<State>
  /// The files of the run, in the order of their numbers.
  private let files: [SourcePart]
  private let tables: [String]
  private let lineNumbers: LineFinder

  /// Finds the lines on which records of a file, given by its number, begin.
  package typealias LineFinder =
    @Sendable (_ offsets: [Int64], _ file: Int) throws -> [Int64: Int64]

  /// Makes the file; one that is there is a programmer error, as every run has its own folder.
  ///
  /// - Parameters:
  ///   - path: the file to make, in a folder that exists.
  ///   - files: the parts of all tables, in the order of the plan.
  ///   - tables: the extract table of each part.
  ///   - lineNumbers: finds lines; by default, by the line feeds of the file.
  /// - Throws: what SQLite says.
  package init(
    path: String, files: [SourcePart], tables: [String], lineNumbers: LineFinder? = nil
  ) throws {
    self.files = files
    self.tables = tables
    self.lineNumbers = lineNumbers ?? { try LineNumbers.find($0, path: files[$1].path) }
    let connection = try Connection(path: path, .create)
    try connection.execute(
      """
      PRAGMA journal_mode = OFF;
      PRAGMA synchronous = OFF;
      CREATE TABLE file (
        id INTEGER PRIMARY KEY, extract_table TEXT NOT NULL, name TEXT NOT NULL,
        path TEXT NOT NULL, size INTEGER NOT NULL, encoding TEXT NOT NULL);
      CREATE TABLE entry (
        kind INTEGER NOT NULL, file INTEGER NOT NULL, offset INTEGER NOT NULL, line INTEGER,
        rule TEXT NOT NULL, reason TEXT NOT NULL, field TEXT,
        parent_file INTEGER, parent_offset INTEGER, parent_line INTEGER);
      BEGIN;
      """)
    var insert = try connection.prepare("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)")
    for (number, file) in files.enumerated() {
      try insert.bind(Int64(number), at: 1)
      try insert.bind(tables[number], at: 2)
      try insert.bind(file.name, at: 3)
      try insert.bind(file.lasts ? file.path : "", at: 4)
      try insert.bind(file.size, at: 5)
      try insert.bind(file.encoding, at: 6)
      try insert.run()
    }
    _ = consume insert
    state = Guarded(State(connection: connection))
  }

  package func add(_ entries: [QuarantineEntry]) throws {
    if entries.isEmpty { return }
    try state.withLock { state in
      state.pending += entries
      if state.pending.count >= QuarantineStore.pendingLimit { try write(&state) }
    }
  }

  private func write(_ state: inout State) throws {
    var insert = try state.connection.prepare(
      "INSERT INTO entry VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?, NULL)")
    for entry in state.pending {
      try insert.bind(Int64(entry.kind.rawValue), at: 1)
      try insert.bind(Int64(entry.position.file), at: 2)
      try insert.bind(entry.position.offset, at: 3)
      try insert.bind(entry.rule, at: 4)
      try insert.bind(entry.reason.rawValue, at: 5)
      if let field = entry.field {
        try insert.bind(field, at: 6)
      } else {
        try insert.bindNull(at: 6)
      }
      if let parent = entry.parent {
        try insert.bind(Int64(parent.file), at: 7)
        try insert.bind(parent.offset, at: 8)
      } else {
        try insert.bindNull(at: 7)
        try insert.bindNull(at: 8)
      }
      try insert.run()
    }
    state.pending = []
  }

  /// Writes what waits, finds the line of every place, and closes the transaction.
  ///
  /// - Complexity: one reading of each file that has an entry.
  package func finish() throws {
    try state.withLock { state in
      try write(&state)
      try state.connection.execute(
        """
        CREATE INDEX entry_place ON entry (file, offset);
        CREATE INDEX entry_parent ON entry (parent_file, parent_offset)
          WHERE parent_file IS NOT NULL;
        """)
      for file in files.indices {
        var offsets: Set<Int64> = []
        try collect(
          &offsets, file,
          "SELECT DISTINCT offset FROM entry WHERE file = ?", state.connection)
        try collect(
          &offsets, file,
          "SELECT DISTINCT parent_offset FROM entry WHERE parent_file = ?", state.connection)
        if offsets.isEmpty { continue }
        let lines = try lineNumbers(offsets.sorted(), file)
        try number(file, lines, state.connection)
      }
      try state.connection.execute("COMMIT")
    }
  }

  private func collect(
    _ offsets: inout Set<Int64>, _ file: Int, _ sql: String, _ connection: borrowing Connection
  ) throws {
    var query = try connection.prepare(sql)
    try query.bind(Int64(file), at: 1)
    while try query.step() { offsets.insert(query.integer(at: 0)) }
  }

  private func number(
    _ file: Int, _ lines: [Int64: Int64], _ connection: borrowing Connection
  ) throws {
    try connection.execute("CREATE TEMP TABLE line (offset INTEGER PRIMARY KEY, line INTEGER)")
    var insert = try connection.prepare("INSERT INTO line VALUES (?, ?)")
    for (offset, line) in lines {
      try insert.bind(offset, at: 1)
      try insert.bind(line, at: 2)
      try insert.run()
    }
    _ = consume insert
    try connection.execute(
      """
      UPDATE entry SET line = (SELECT line FROM line WHERE line.offset = entry.offset)
        WHERE file = \(file);
      UPDATE entry
        SET parent_line = (SELECT line FROM line WHERE line.offset = entry.parent_offset)
        WHERE parent_file = \(file);
      DROP TABLE line;
      """)
  }
}
