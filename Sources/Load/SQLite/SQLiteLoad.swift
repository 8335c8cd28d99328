import Columnar
import CommonDataModel
import SQLite

/// A load in progress: the connection to the file under construction and its prepared inserts.
///
/// One transaction spans the whole load, without a journal: there is nothing to roll back to, since
/// a load that fails is thrown away.
struct SQLiteLoad: ~Copyable {
  private let file: TargetFile
  private let identity: FileIdentity?
  /// The connection while the file is being written.
  private var connection: Connection?
  private var tables: [CDMTable] = []
  private var inserts: [CDMTable: RowInsert] = [:]
  private var isFinished = false
  private var isOver = false

  init(_ file: TargetFile, cacheBytes: Int, maximumBytes: Int64?) throws(LoadError) {
    do throws(SQLiteError) {
      let connection = try Connection(path: file.newPath, .create)
      try connection.setPragma("page_size", Int64(SQLiteLoad.pageSize))
      try connection.setPragma("cache_size", -Int64(max(cacheBytes, 1 << 20) >> 10))
      try connection.setPragma("locking_mode", "exclusive")
      try connection.setPragma("journal_mode", "off")
      try connection.setPragma("synchronous", "off")
      if let maximumBytes {
        try connection.setPragma("max_page_count", maximumBytes / Int64(SQLiteLoad.pageSize))
      }
      try connection.execute("begin exclusive")
      self.file = file
      identity = file.identity()
      self.connection = consume connection
    } catch {
      throw LoadError(error, path: file.path)
    }
  }

  /// The size of a page in bytes.
  private static let pageSize = 4096

  mutating func create(_ tables: [CDMTable]) throws(LoadError) {
    for table in tables { try execute(table.createStatement(.sqlite)) }
    self.tables += tables
  }

  mutating func append(
    _ batch: Batch, _ rows: Range<Int>, to table: CDMTable
  ) throws(LoadError) {
    precondition(!isFinished, "the load is finished")
    precondition(tables.contains(table), "\(table.name) was not created")
    let insert = try insert(into: table, batch.schema.fields)
    // SQLite would number a row that has no id: https://www.sqlite.org/autoinc.html.
    if let key = table.primaryKey?.name, !SQLiteLoad.isComplete(batch[key], rows) {
      throw LoadError(.rowRefused, "\(file.path): \(table.name).\(key) has no value")
    }
    do throws(SQLiteError) {
      try insert.insert(batch, rows)
    } catch {
      throw LoadError(error, path: file.path)
    }
  }

  private static func isComplete(_ column: Column?, _ rows: Range<Int>) -> Bool {
    guard let column else { return false }
    return column.validity?[rows].allSatisfy { $0 } ?? true
  }

  mutating func finish() throws(LoadError) -> [CDMTable: Int] {
    precondition(!isFinished && !isOver, "the load is finished")
    inserts = [:]
    for table in tables {
      for index in table.indexStatements(.sqlite) { try execute(index) }
    }
    try execute("commit")
    var counts: [CDMTable: Int] = [:]
    for table in tables { counts[table] = try count(table) }
    isFinished = true
    return counts
  }

  mutating func publish() throws(LoadError) {
    precondition(isFinished && !isOver, "only a finished load is published")
    try execute("pragma journal_mode = delete")
    do throws(SQLiteError) {
      try connection.take()?.close()
    } catch {
      throw LoadError(error, path: file.path)
    }
    guard identity == file.identity() else {
      throw LoadError(.targetInUse, "\(file.newPath): was replaced by another program")
    }
    try file.publish()
    isOver = true
  }

  mutating func abandon() throws(LoadError) {
    guard !isOver else { return }
    isOver = true
    inserts = [:]
    connection = nil
    // A file that is not ours any more belongs to the run that made it.
    if identity == file.identity() { try file.remove() }
  }

  /// The inserts for a table and columns, made once as long as the columns stay the same.
  private mutating func insert(into table: CDMTable, _ fields: [Field]) throws(LoadError)
    -> RowInsert
  {
    if let insert = inserts[table], insert.fields == fields { return insert }
    for field in fields { try table.check(field) }
    do throws(SQLiteError) {
      let several = RowInsert.sql(table, fields, rows: RowInsert.rowsPerStatement)
      let single = RowInsert.sql(table, fields, rows: 1)
      guard let many = try connection?.prepare(several), let one = try connection?.prepare(single)
      else { preconditionFailure("the load is over") }
      let insert = RowInsert(fields, many: many, one: one)
      inserts[table] = insert
      return insert
    } catch {
      throw LoadError(error, path: file.path)
    }
  }

  private func execute(_ sql: String) throws(LoadError) {
    precondition(!isOver, "the load is over")
    do throws(SQLiteError) {
      try connection?.execute(sql)
    } catch {
      throw LoadError(error, path: file.path)
    }
  }

  private func count(_ table: CDMTable) throws(LoadError) -> Int {
    do throws(SQLiteError) {
      let sql = "select count(*) from \(table.qualifiedName(.sqlite))"
      let count: Int64? = try connection?.integer(sql) ?? nil
      return Int(count ?? 0)
    } catch {
      throw LoadError(error, path: file.path)
    }
  }
}
