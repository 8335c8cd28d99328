package import Columnar

/// What the codes of a list are in an index, written as CSV.
///
/// A code has a row for each standard concept on which its rows end; one without has a single row with
/// the concept 0, and one that is not there has the source concept 0 as well.
package struct CodeReport: Sendable {
  /// The number of codes, of those in the vocabulary, of those with a standard concept.
  package private(set) var codes = 0
  package private(set) var known = 0
  package private(set) var mapped = 0

  /// The header of the rows.
  package static let header = "source_code,source_concept_id,target_concept_id\n"

  package init() {}

  /// Appends the rows of a batch of codes that was looked up.
  ///
  /// - Parameters:
  ///   - codes: the codes.
  ///   - positions: what `VocabularyIndex.lookup` gave for them.
  ///   - targets: what `VocabularyIndex.standardTargets` gave for these.
  ///   - index: the index that gave both.
  ///   - out: where the rows go, as bytes of UTF-8.
  package mutating func append(
    _ codes: TextArray, _ positions: [Int32], _ targets: ConceptLists, of index: VocabularyIndex,
    to out: inout [UInt8]
  ) {
    self.codes += codes.count
    for row in 0..<codes.count {
      let range = targets.range(row)
      if positions[row] >= 0 { known += 1 }
      if !range.isEmpty { mapped += 1 }
      let source = positions[row] < 0 ? 0 : index.id(Int(positions[row]))
      if range.isEmpty { append(codes, row, source, 0, to: &out) }
      for place in range {
        append(codes, row, source, index.id(Int(targets.concepts[place])), to: &out)
      }
    }
  }

  private func append(
    _ codes: TextArray, _ row: Int, _ source: Int64, _ target: Int64, to out: inout [UInt8]
  ) {
    let code = codes.bytes[codes.range(row)]
    let special: [UInt8] = [34, 44, 13]
    if code.contains(where: special.contains) {
      out.append(34)
      for byte in code {
        if byte == 34 { out.append(34) }
        out.append(byte)
      }
      out.append(34)
    } else {
      out += code
    }
    for number in [source, target] {
      out.append(44)
      out += String(number).utf8
    }
    out.append(10)
  }
}
