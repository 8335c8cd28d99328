import Columnar
import Diagnostics
import Vocabulary

/// Reads bytes as both kinds of mapping file; what was read is found again under its own code.
enum MappingFuzzer {
  static func run(_ bytes: [UInt8]) {
    Scratch.write(bytes, to: "mapping.csv")
    let path = Scratch.path("mapping.csv")
    let codes = SourceToConceptMap.load(path: path, asOf: 19_904)
    for diagnostic in codes.diagnostics.sorted { _ = diagnostic.rendered { _ in nil } }
    precondition(MappingFile.open(path: path).value.bytes == bytes, "a byte is lost")
    let values = ValueMapFile.load(path: path)
    for diagnostic in values.diagnostics.sorted { _ = diagnostic.rendered { _ in nil } }
    let fixes = MappingCheck(vocabulary: nil, asOf: 19_904).check(path: path).fixes
    precondition(fixes.diff().isEmpty == (fixes.fixed == bytes), "the diff is not the change")
    for entry in values.value.entries {
      precondition(values.value.concept(entry.source) == entry.concept, "an entry is lost")
    }
    for (index, entry) in codes.value.entries.enumerated() {
      precondition(!entry.targets.isEmpty || !entry.parts.isEmpty, "a code without a target")
      var texts = TextArray()
      texts.append(entry.code)
      precondition(codes.value.lookup(texts) == [Int32(index)], "an entry is lost")
    }
  }
}
