import Columnar
import Gzip

/// The vocabulary files of a folder or a zip archive as Athena delivers them; names are compared
/// without case.
struct AthenaDownload: Sendable {
  /// The files that are read, in the order in which they are hashed.
  enum File: String, CaseIterable, Sendable {
    case concept = "CONCEPT.csv"
    case relationship = "CONCEPT_RELATIONSHIP.csv"
    case vocabulary = "VOCABULARY.csv"
    case domain = "DOMAIN.csv"
    case ancestor = "CONCEPT_ANCESTOR.csv"
    case strength = "DRUG_STRENGTH.csv"
    case synonym = "CONCEPT_SYNONYM.csv"
    case conceptClass = "CONCEPT_CLASS.csv"
    case relationshipName = "RELATIONSHIP.csv"
  }

  private enum Place: Sendable {
    case file(String)
    case entry(ZipArchive.Entry)
  }

  let path: String
  private let archive: ZipArchive?
  private var places: [File: Place] = [:]

  init(_ path: String) throws {
    self.path = path
    var isArchive = false
    if let reader = try? FileReader(path: path) { isArchive = reader.size >= 0 }
    if isArchive, VocabularyIndex.isIndex(path: path) {
      throw VocabularyError(
        "index-for-download",
        "this is a vocabulary index; name the download of which it was made, a folder or a zip archive",
        path: path)
    }
    let archive = isArchive ? try ZipArchive(path: path) : nil
    self.archive = archive
    let all: [(folder: String, name: String, place: Place)] =
      if let archive {
        archive.entries.map { entry in
          let parts = entry.name.split(separator: "/").map(String.init)
          return (parts.dropLast().joined(separator: "/"), parts.last ?? "", .entry(entry))
        }
      } else {
        try AthenaDownload.files(in: path)
      }
    // The files of a folder within the download are as good as files of the download itself.
    let folders = Set(
      all.filter { $0.name.lowercased() == File.concept.rawValue.lowercased() }.map(\.folder))
    guard folders.count <= 1 else {
      throw VocabularyError(
        "several-downloads",
        "CONCEPT.csv stands in several folders of it: \(folders.sorted().joined(separator: ", ")); name one of them",
        path: path)
    }
    for file in File.allCases {
      let wanted = file.rawValue.lowercased()
      let here = all.filter { folders.contains($0.folder) }
      places[file] =
        (here.first { $0.name == file.rawValue } ?? here.first { $0.name.lowercased() == wanted })?
        .place
    }
    guard places[.concept] != nil else {
      throw VocabularyError(
        "missing-file",
        "the \(isArchive ? "archive" : "folder") has no file CONCEPT.csv; download it from Athena",
        path: path)
    }
  }

  /// The files of a folder, or, where it has no CONCEPT.csv, those of the folders in it.
  private static func files(
    in path: String
  ) throws(FileError) -> [(folder: String, name: String, place: Place)] {
    let names = try Folder.names(in: path)
    let own = names.map { ("", $0, Place.file("\(path)/\($0)")) }
    guard !names.contains(where: { $0.lowercased() == File.concept.rawValue.lowercased() }) else {
      return own
    }
    return names.flatMap { folder in
      ((try? Folder.names(in: "\(path)/\(folder)")) ?? []).map {
        (folder, $0, Place.file("\(path)/\(folder)/\($0)"))
      }
    }
  }

  /// The path of a file, or `nil` when there is none.
  func path(_ file: File) -> String? {
    switch places[file] {
    case .file(let path): path
    case .entry(let entry): "\(path)/\(entry.name)"
    case nil: nil
    }
  }

  /// Opens a file, or gives `nil` when there is none.
  func open(_ file: File) throws -> AthenaBytes? {
    switch (places[file], archive) {
    case (.file(let path), _): try AthenaBytes(path: path)
    case (.entry(let entry), let archive?): try AthenaBytes(entry, of: archive)
    default: nil
    }
  }

  /// The number of bytes of a file, 0 when there is none.
  func size(_ file: File) throws -> Int {
    switch places[file] {
    case .file(let path): try FileReader(path: path).size
    case .entry(let entry): entry.size
    case nil: 0
    }
  }

  /// What some files are: their names and contents.
  func fingerprint(_ files: [File]) throws -> UInt64 {
    var fingerprint = AthenaDownload.noFiles
    for file in files {
      guard let source = try open(file) else { continue }
      let feed = BlockFeed(source, blockByteCount: AthenaFile.blockByteCount)
      fingerprint = AthenaDownload.combine(fingerprint, file, try feed.hashAll())
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
