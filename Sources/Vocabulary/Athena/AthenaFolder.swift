import Columnar

/// The vocabulary files of a folder as Athena delivers them; names are compared without case.
struct AthenaFolder: Sendable {
  /// The files that are read, in the order in which they are hashed.
  enum File: String, CaseIterable, Sendable {
    case concept = "CONCEPT.csv"
    case relationship = "CONCEPT_RELATIONSHIP.csv"
    case vocabulary = "VOCABULARY.csv"
    case domain = "DOMAIN.csv"
    case ancestor = "CONCEPT_ANCESTOR.csv"
    case strength = "DRUG_STRENGTH.csv"
  }

  let path: String
  private var files: [File: String] = [:]

  init(_ path: String) throws {
    self.path = path
    let names = try Folder.names(in: path)
    for file in File.allCases {
      let wanted = file.rawValue.lowercased()
      let name =
        names.first { $0 == file.rawValue } ?? names.first { $0.lowercased() == wanted }
      files[file] = name.map { "\(path)/\($0)" }
    }
    guard files[.concept] != nil else {
      throw VocabularyError(
        "missing-file", "the folder has no file CONCEPT.csv; download it from Athena", path: path)
    }
  }

  /// The path of a file, or `nil` when the folder has none.
  func path(_ file: File) -> String? { files[file] }

  /// What the files are: their names and contents.
  func fingerprint() throws -> UInt64 {
    var fingerprint = AthenaFolder.noFiles
    for file in File.allCases {
      guard let path = path(file) else { continue }
      var reader = try AthenaFile(path: path)
      fingerprint = AthenaFolder.combine(fingerprint, file, try reader.hashAll())
    }
    return fingerprint
  }

  static let noFiles: UInt64 = 0x4154_4845_4E42

  /// The fingerprint with one more file.
  static func combine(_ fingerprint: UInt64, _ file: File, _ hash: UInt64) -> UInt64 {
    let number = UInt64(File.allCases.firstIndex(of: file) ?? 0)
    return KeyIndex.mix(KeyIndex.mix(fingerprint ^ number) ^ hash)
  }
}
