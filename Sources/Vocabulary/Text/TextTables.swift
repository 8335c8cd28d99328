import Columnar

/// The parts of a text index; all numbers are UInt32, little-endian.
///
/// Terms stand in the order of their bytes, each once; their numbers are places in that order.
/// A document is a concept's name or a synonym, see `ConceptTexts`.
package enum TextPart: Int, CaseIterable, Sendable {
  /// [terms + 1] and bytes.
  case termStarts, termBytes
  /// [terms]: in how many documents a term stands.
  case termDocuments
  /// [terms + 1] and bytes: for each term the documents that have it, ascending, as differences (the
  /// first from 0) of seven bits a byte, the low ones first, each byte but the last with its high bit.
  case postingStarts, postingBytes
  /// One byte a document: how many different terms it has, 255 for more.
  case documentLengths
  /// [synonyms]: the position of the concept that each belongs to.
  case synonymConcepts
}

/// The parts of a text index as its builder makes them.
package struct TextTables: Sendable, Equatable {
  package internal(set) var termStarts: [UInt32] = [0]
  package internal(set) var termBytes: [UInt8] = []
  package internal(set) var termDocuments: [UInt32] = []
  package internal(set) var postingStarts: [UInt32] = [0]
  package internal(set) var postingBytes: [UInt8] = []
  package internal(set) var documentLengths: [UInt8] = []
  package internal(set) var synonymConcepts: [UInt32] = []

  /// The parts one after the other, each from a multiple of 64 on, and where each lies.
  func joined() -> (bytes: [UInt8], places: [TextIndex.Place]) {
    var bytes: [UInt8] = []
    var places: [TextIndex.Place] = []
    for part in TextPart.allCases {
      bytes.append(contentsOf: repeatElement(0, count: -bytes.count & 63))
      let start = bytes.count
      switch part {
      case .termStarts: bytes.append(raw: termStarts.span.raw)
      case .termBytes: bytes += termBytes
      case .termDocuments: bytes.append(raw: termDocuments.span.raw)
      case .postingStarts: bytes.append(raw: postingStarts.span.raw)
      case .postingBytes: bytes += postingBytes
      case .documentLengths: bytes += documentLengths
      case .synonymConcepts: bytes.append(raw: synonymConcepts.span.raw)
      }
      places.append(TextIndex.Place(offset: start, byteCount: bytes.count - start))
    }
    return (bytes, places)
  }
}
