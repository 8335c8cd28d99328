import Foundation

/// The files of the project that the sample has to agree with.
enum ProjectFiles {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let sample = root.appendingPathComponent("sample-data/hcl", isDirectory: true)

  /// The parameters of the sample that ships with the project.
  static let samplePersons = 80
  static let sampleSeed: UInt64 = 2026

  /// The records of a file, as dictionaries by column; fields may be quoted.
  static func table(_ url: URL, separator: Character = ",") throws -> [[String: String]] {
    let records = self.records(try String(contentsOf: url, encoding: .utf8), separator)
    guard let header = records.first else { return [] }
    return records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// The fields of every record of a text (RFC 4180).
  static func records(_ text: String, _ separator: Character) -> [[String]] {
    var records: [[String]] = []
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    var characters = text.makeIterator()
    var next = characters.next()
    while let character = next {
      next = characters.next()
      if isQuoted {
        if character != "\"" {
          field.append(character)
        } else if next == "\"" {
          field.append("\"")
          next = characters.next()
        } else {
          isQuoted = false
        }
      } else if character == "\"", field.isEmpty {
        isQuoted = true
      } else if character == separator {
        fields.append(field)
        field = ""
      } else if character == "\n" || character == "\r\n" {
        records.append(fields + [field])
        (fields, field) = ([], "")
      } else {
        field.append(character)
      }
    }
    return records
  }

  /// The relative paths and the bytes of every file of a folder.
  static func contents(of folder: URL) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let url = folder.appendingPathComponent(path)
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        continue
      }
      contents[path] = try Data(contentsOf: url)
    }
    return contents
  }
}
