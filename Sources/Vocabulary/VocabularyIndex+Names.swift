import Columnar
import Diagnostics

extension VocabularyIndex {
  /// Whether a file begins as an index does, of whatever format.
  ///
  /// - Parameter path: the file.
  /// - Returns: `false` too where it cannot be read.
  package static func isIndex(path: String) -> Bool {
    guard var file = try? FileReader(path: path) else { return false }
    var head: [UInt8] = []
    _ = try? file.read(min(IndexHeader.magic.count, file.size), appendingTo: &head)
    return head == IndexHeader.magic
  }

  /// The handle of a vocabulary by the name that a person wrote: `snomed` for `SNOMED`.
  package func vocabulary(written name: String) -> Int? {
    vocabulary(named: name)
      ?? vocabularies.firstIndex { $0.lowercased() == name.lowercased() }
  }

  /// The vocabulary that a person most likely meant; `None` stands for the release, and is none.
  package func nearestVocabulary(to name: String) -> String? {
    nearestName(to: name, in: vocabularies.filter { $0 != "None" })
  }
}
