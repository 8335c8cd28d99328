package import Columnar
package import CommonDataModel
import Engine

/// The loader of the targets `csv:FOLDER` and `csv+gzip:FOLDER`: a folder with a file for each table
/// of the CDM.
///
/// The folder is built beside the published one, as `<path>.new`, and takes its place at `publish()`
/// in one move (see `FolderReplacement`). The same rows in the same order make the same bytes;
/// compressed, the same bytes under one version of zlib.
package final class CSVLoader: Loader {
  private let folder: CSVFolder
  private let lock: FileLock
  private let identity: FileIdentity?
  private var files: [(table: CDMTable, file: CSVTableFile)] = []
  private var isFinished = false
  private var isOver = false

  /// Begins a load; nothing of an existing target is touched.
  ///
  /// - Parameters:
  ///   - path: The folder to publish; the one it lies in must exist. An existing folder may hold
  ///     nothing but files of a CDM.
  ///   - isCompressed: Whether files are compressed with gzip and called `.csv.gz`.
  /// - Throws: `LoadError` when the path cannot become a CDM or is being loaded already.
  package init(path: String, isCompressed: Bool) throws(LoadError) {
    folder = try CSVFolder(path: path, isCompressed: isCompressed)
    lock = try folder.begin()
    identity = folder.identity()
  }

  deinit { abandon() }

  package func create(tables: [CDMTable]) throws {
    for table in tables {
      let path = "\(folder.newPath)/\(folder.file(of: table))"
      files.append(
        (table, try CSVTableFile(table, path: path, isCompressed: folder.isCompressed)))
    }
  }

  package func append(_ batch: Batch, to table: CDMTable) throws {
    try append(batch, rows: 0..<batch.count, to: table)
  }

  package func append(_ batch: Batch, rows: Range<Int>, to table: CDMTable) throws {
    precondition(!isFinished, "the load is finished")
    guard let file = files.first(where: { $0.table == table })?.file else {
      preconditionFailure("\(table.name) was not created")
    }
    try file.append(batch, rows)
  }

  package func finish() throws -> [String: Int] {
    precondition(!isFinished && !isOver, "the load is finished")
    var counts: [String: Int] = [:]
    for (table, file) in files {
      try file.finish()
      counts[table.name] = try file.count()
    }
    isFinished = true
    return counts
  }

  package func publish() throws {
    precondition(isFinished && !isOver, "only a finished load is published")
    guard identity == folder.identity() else {
      throw LoadError(.targetInUse, "\(folder.newPath): was replaced by another program")
    }
    files = []
    try folder.publish()
    isOver = true
  }

  package func abandon() {
    guard !isOver else { return }
    isOver = true
    files = []
    // A folder that is not ours any more belongs to the run that made it; one that cannot be removed
    // is found and cleared by the next load.
    if identity == folder.identity() { try? folder.remove(folder.newPath) }
  }
}
