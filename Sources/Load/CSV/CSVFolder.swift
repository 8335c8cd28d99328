import Columnar
import CommonDataModel
import Foundation

/// The folder of a CSV target, and the one that is built beside it.
struct CSVFolder: Sendable {
  /// The folder that readers open; links are resolved, so that the link stays and its target changes.
  let path: String
  /// The folder under construction: the same name with `.new`.
  let newPath: String
  let isCompressed: Bool

  /// Checks that the path may become a CDM, before anything is written.
  init(path: String, isCompressed: Bool) throws(LoadError) {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    self.path = url.path
    self.isCompressed = isCompressed
    newPath = url.path + ".new"
    guard !path.isEmpty, self.path != "/" else {
      throw LoadError(.notACSVFolder, "\(path): name a folder that may be replaced")
    }
    let parent = url.deletingLastPathComponent().path
    guard CSVFolder.type(parent) == .typeDirectory else {
      throw LoadError(.folderMissing, "\(parent): no such folder")
    }
    for place in [self.path, newPath] { try CSVFolder.check(place) }
  }

  /// The name of a table's file.
  func file(of table: CDMTable) -> String { table.name + (isCompressed ? ".csv.gz" : ".csv") }

  /// Removes what a load that did not end left behind, unless that load still runs, and makes the
  /// folder anew.
  ///
  /// - Returns: the lock that says that this load runs.
  func begin() throws(LoadError) -> FileLock {
    let old: String?
    do throws(FileError) {
      old = try FolderReplacement.recover(path)
    } catch {
      throw LoadError(error)
    }
    if let old { try remove(old) }
    if CSVFolder.type(newPath) != nil {
      guard try lock() != nil else { throw inUse }
      try remove(newPath)
    }
    do {
      try FileManager.default.createDirectory(atPath: newPath, withIntermediateDirectories: false)
    } catch {
      if CSVFolder.type(newPath) != nil { throw inUse }
      throw LoadError(.writeFailed, "\(newPath): cannot be made")
    }
    guard let lock = try lock() else { throw inUse }
    return lock
  }

  /// Which folder the one under construction is, to know it again; `nil` when there is none.
  func identity() -> FileIdentity? { FileIdentity(path: newPath) }

  /// Puts the folder under construction in the place of the published one, and removes that.
  func publish() throws(LoadError) {
    // What stands there now may be another thing than at the beginning.
    try CSVFolder.check(path)
    do throws(FileError) {
      // What cannot be removed is found and cleared by the next load.
      if let old = try FolderReplacement.replace(path, with: newPath) { try? remove(old) }
    } catch {
      throw LoadError(error)
    }
  }

  /// Removes a folder that holds nothing but files of a CDM.
  func remove(_ folder: String) throws(LoadError) {
    try CSVFolder.check(folder)
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      throw LoadError(.writeFailed, "\(folder): cannot be removed")
    }
  }

  private var inUse: LoadError {
    LoadError(.targetInUse, "\(newPath): another run is loading it")
  }

  private func lock() throws(LoadError) -> FileLock? {
    do throws(FileError) {
      return try FileLock(folder: newPath)
    } catch {
      throw LoadError(error)
    }
  }

  /// Refuses a path at which something stands that no load has made: it is not replaced.
  private static func check(_ path: String) throws(LoadError) {
    guard let type = type(path) else { return }
    guard type == .typeDirectory,
      let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    else { throw LoadError(.notACSVFolder, "\(path): is no folder that can be read") }
    for name in names where !isOurs(name) {
      throw LoadError(
        .notACSVFolder,
        "\(path): holds other files than those of a CDM, such as '\(name)', and is not replaced")
    }
  }

  /// Whether a name is the one of a table's file.
  private static func isOurs(_ name: String) -> Bool {
    for suffix in [".csv", ".csv.gz"] where name.hasSuffix(suffix) {
      return CommonDataModel.table(String(name.dropLast(suffix.count))) != nil
    }
    return false
  }

  private static func type(_ path: String) -> FileAttributeType? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType
  }
}
