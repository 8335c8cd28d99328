import Columnar
import Foundation
import SQLite

/// The file of an SQLite target, and the one that is built beside it.
struct TargetFile: Sendable {
  /// The file that readers open; links are resolved, so that the link stays and its target changes.
  let path: String
  /// The file under construction: the same name with `.new`.
  let newPath: String

  /// Checks that the path may become a database, before anything is written.
  init(path: String) throws(LoadError) {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    self.path = url.path
    newPath = url.path + ".new"
    guard !path.isEmpty, !path.hasSuffix("/"), !TargetFile.isFolder(self.path) else {
      throw LoadError(.targetIsFolder, "\(path): is a folder; name a file")
    }
    guard !TargetFile.isFolder(newPath) else {
      throw LoadError(.targetIsFolder, "\(newPath): is a folder; the load is built there")
    }
    let folder = url.deletingLastPathComponent().path
    guard TargetFile.isFolder(folder) else {
      throw LoadError(.folderMissing, "\(folder): no such folder")
    }
    guard try TargetFile.isDatabaseOrAbsent(self.path) else {
      throw LoadError(.notADatabase, "\(path): is no SQLite database and is not overwritten")
    }
  }

  /// Removes what a load that did not end left behind, unless that load still runs.
  func clear() throws(LoadError) {
    if TargetFile.exists(newPath) {
      do throws(SQLiteError) {
        let connection = try Connection(path: newPath, .readWrite)
        try connection.execute("begin exclusive")
      } catch  where error.code == SQLiteError.busy {
        throw LoadError(.targetInUse, "\(newPath): another run is loading it")
      } catch {
        // Half-written, as is to be expected: it goes.
      }
    }
    try remove()
  }

  /// Removes the file under construction, if there is one.
  func remove() throws(LoadError) {
    for file in [newPath, newPath + "-journal", newPath + "-wal", newPath + "-shm"]
    where TargetFile.exists(file) {
      do {
        try FileManager.default.removeItem(atPath: file)
      } catch {
        throw LoadError(.writeFailed, "\(file): cannot be removed")
      }
    }
  }

  /// Which file the one under construction is, to know it again; `nil` when there is none.
  func identity() -> FileIdentity? { FileIdentity(path: newPath) }

  /// Puts the file under construction in the place of the published one.
  func publish() throws(LoadError) {
    try settle()
    do throws(FileError) {
      try FileReplacement.replace(path, with: newPath)
    } catch {
      throw LoadError(error)
    }
  }

  /// Folds a journal that another program left beside the published file into that file.
  ///
  /// SQLite would otherwise apply it to the new file (https://www.sqlite.org/howtocorrupt.html,
  /// "Unlinking or renaming a database file while in use").
  private func settle() throws(LoadError) {
    let journals = ["-journal", "-wal", "-shm"].map { path + $0 }
    guard journals.contains(where: TargetFile.exists) else { return }
    do throws(SQLiteError) {
      let connection = try Connection(path: path, .readWrite)
      try connection.setPragma("journal_mode", "delete")
      _ = try connection.integer("select count(*) from sqlite_schema")
      try connection.close()
    } catch {
      throw LoadError(error, path: path)
    }
    if let journal = journals.first(where: TargetFile.exists) {
      throw LoadError(.targetInUse, "\(journal): another program is changing the target")
    }
  }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  private static func isFolder(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType == .typeDirectory
  }

  /// Whether a path may be replaced: nothing there, an empty file, or a database by its first
  /// bytes (https://www.sqlite.org/fileformat.html#magic_header_string).
  private static func isDatabaseOrAbsent(_ path: String) throws(LoadError) -> Bool {
    guard exists(path) else { return true }
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      let start = try file.read(upToCount: 16) ?? Data()
      return start.isEmpty || start == Data("SQLite format 3\0".utf8)
    } catch {
      throw LoadError(.writeFailed, "\(path): cannot be read")
    }
  }
}
