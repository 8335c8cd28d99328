import EcluseKit
import Foundation

/// The loader of targets `ndjson:FOLDER`: a file for each table that has rows, a line for each row.
///
/// Members stand in the order of the fields of the CDM; those without a value are left out.
public final class NDJSONLoader: Loader {
  private let path: String
  private var newPath: String { path + ".new" }
  private var files: [String: FileHandle] = [:]
  private var counts: [String: Int] = [:]

  /// Begins a load beside the published folder.
  public init(_ settings: LoaderSettings) throws {
    path = settings.address
    if let old = try FolderReplacement.recover(path) {
      try FileManager.default.removeItem(atPath: old)
    }
    // What a run that was killed left behind; the state folder lets one run go at a time.
    if FileManager.default.fileExists(atPath: newPath) {
      try FileManager.default.removeItem(atPath: newPath)
    }
    try FileManager.default.createDirectory(
      atPath: newPath, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
  }

  /// Begins to count the rows of the tables.
  public func create(tables: [CDMTable]) throws {
    for table in tables { counts[table.name] = 0 }
  }

  /// Writes a line for each row.
  public func append(_ batch: Batch, to table: CDMTable) throws {
    let columns = table.fields.compactMap { field in batch[field.name].map { (field, $0) } }
    var lines = Data()
    for row in 0..<batch.count {
      let members = columns.filter { $0.1.isValid(row) }.map { field, column in
        "\"\(field.name)\":\(json(column, row))"
      }
      lines.append(Data("{\(members.joined(separator: ","))}\n".utf8))
    }
    try file(of: table).write(contentsOf: lines)
    counts[table.name, default: 0] += batch.count
  }

  /// Closes the files, once they are on the disk.
  public func finish() throws -> [String: Int] {
    for file in files.values {
      try file.synchronize()
      try file.close()
    }
    files = [:]
    return counts
  }

  /// Puts the folder in the place of the published one.
  public func publish() throws {
    if let old = try FolderReplacement.replace(path, with: newPath) {
      try FileManager.default.removeItem(atPath: old)
    }
  }

  /// Removes the folder.
  public func abandon() {
    files = [:]
    try? FileManager.default.removeItem(atPath: newPath)
  }

  private func file(of table: CDMTable) throws -> FileHandle {
    if let file = files[table.name] { return file }
    let url = URL(fileURLWithPath: "\(newPath)/\(table.name).ndjson")
    guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
      throw StageError("a file of the target cannot be made")
    }
    let file = try FileHandle(forWritingTo: url)
    files[table.name] = file
    return file
  }

  /// The value of a row in JSON.
  private func json(_ column: Column, _ row: Int) -> String {
    switch column.type {
    case .boolean: column.lanes[row] == 1 ? "true" : "false"
    case .integer: "\(column.lanes[row])"
    case .double: "\(column.doubles[row])"
    case .decimal(let scale): decimal(column.lanes[row], scale)
    case .text: quoted(column.texts[row])
    case .date: "\"\(day(column.lanes[row]))\""
    case .timestamp: "\"\(moment(column.lanes[row]))\""
    case .digest: "null"
    }
  }

  private func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let data = try? encoder.encode(text)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  private func decimal(_ value: Int64, _ scale: Int) -> String {
    "\(Decimal(value) / pow(10, scale))"
  }

  private func day(_ days: Int64) -> String {
    Date(timeIntervalSince1970: Double(days) * 86_400)
      .formatted(.iso8601.year().month().day())
  }

  private func moment(_ microseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
      .formatted(.iso8601.year().month().day().time(includingFractionalSeconds: false))
  }
}
