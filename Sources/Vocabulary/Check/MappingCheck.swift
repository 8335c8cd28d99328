package import Diagnostics

/// Checks mapping files: their form, codes, dates, concepts and reviews.
///
/// It is one set of rules for `ecluse check`, which looks at the files that pipelines use, and
/// `ecluse vocabulary check`, which looks at any.
package struct MappingCheck: Sendable {
  /// What those who use a file of codes cannot use of it.
  package typealias Use = @Sendable (SourceToConceptMap, VocabularyIndex) -> DiagnosticList

  let concepts: ConceptCheck?
  let asOf: Int32?
  private(set) var codes: SourceCodes?
  private let use: Use?

  /// Prepares a check.
  ///
  /// - Parameters:
  ///   - vocabulary: the concepts there are; without it concepts are not checked.
  ///   - asOf: the day of the run in days since 1970-01-01; without it dates are not compared.
  ///   - codes: the codes that the data has, where they are known.
  ///   - parents: gives the concepts above one, for remedies; without it the vocabulary does.
  ///   - use: tells what those who use a file of codes cannot use of it.
  package init(
    vocabulary: VocabularyIndex?, asOf: Int32?, codes: SourceCodes? = nil,
    parents: ConceptCheck.Parents? = nil, use: Use? = nil
  ) {
    concepts = vocabulary.map { ConceptCheck($0, asOf: asOf, parents: parents) }
    self.asOf = asOf
    self.codes = codes
    self.use = use
  }

  /// The same check with the codes that the data has of one file.
  package func with(_ codes: SourceCodes?) -> MappingCheck {
    var check = self
    check.codes = codes
    return check
  }

  /// Checks a file, the mistakes that reading it tells among them.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - purposes: how rules use it; where none does, its columns tell what it is for.
  /// - Returns: what was found.
  /// - Complexity: O(*n*) in the rows.
  package func check(path: String, purposes: [MappingPurpose] = []) -> CheckedMapping {
    if LocalConcepts.isDefinitions(path) { return checkLocal(path: path) }
    var report = examine(path: path, purposes: purposes)
    var read = DiagnosticList()
    for states in report.purposes.states {
      read.add(told(SourceToConceptMap.load(path: path, asOf: asOf, states: states)))
    }
    if report.purposes.contains(where: { $0.kind == .values }) {
      read.add(ValueMapFile.load(path: path, asOf: asOf).diagnostics)
    }
    read.add(report.diagnostics)
    report.diagnostics = read
    return report
  }

  /// What reading a file of codes told, and what cannot be used of it.
  ///
  /// - Parameter file: the codes, and what is wrong with the file.
  /// - Returns: all that is wrong.
  package func told(
    _ file: (value: SourceToConceptMap, diagnostics: DiagnosticList)
  ) -> DiagnosticList {
    var list = file.diagnostics
    if let use, let vocabulary = concepts?.vocabulary { list.add(use(file.value, vocabulary)) }
    return list
  }

  /// Checks all that reading a file does not tell.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - purposes: how rules use it; where none does, its columns tell what it is for.
  /// - Returns: what was found.
  /// - Complexity: O(*n*) in the rows.
  package func examine(path: String, purposes: [MappingPurpose] = []) -> CheckedMapping {
    // What is wrong with the form of the file is told by those who read it.
    var form = DiagnosticList()
    let table = MappingTable(path: path, &form)
    var examiner = MappingExaminer(self, table, purposes)
    examiner.examine(isWhole: form.isEmpty)
    return examiner.report
  }

  /// What several files say of the same codes of one source vocabulary: `other-file-differs`.
  ///
  /// - Complexity: O(*n*) expected in the codes.
  package static func compare(_ reports: [CheckedMapping]) -> DiagnosticList {
    struct Key: Hashable {
      var vocabulary: String
      var code: [UInt8]
    }
    var first: [Key: CheckedMapping.Code] = [:]
    var list = DiagnosticList()
    for report in reports {
      for code in report.codes where !code.vocabulary.isEmpty {
        let key = Key(vocabulary: code.vocabulary, code: Array(code.code.utf8))
        guard let other = first[key] else {
          first[key] = code
          continue
        }
        guard other.position.file != code.position.file, other.targets != code.targets
        else { continue }
        let rule = MappingRule.otherFile
        list.add(
          Diagnostic(
            rule.severity, rule.code,
            "the code \(code.code) of \(code.vocabulary) has other targets in another file",
            at: code.position, length: code.code.count,
            hint: "the other one is at \(other.position)"
          ))
      }
    }
    return list
  }
}

/// What was found in a mapping file.
package struct CheckedMapping: Sendable {
  /// A code with its targets, for the comparison with other files.
  struct Code: Sendable {
    var code: String
    var vocabulary: String
    var targets: Set<Int64>
    var position: Position
  }

  package let path: String
  /// The number of rows that could be taken apart.
  package internal(set) var rows = 0
  package internal(set) var diagnostics = DiagnosticList()
  /// The changes that leave nothing to choose.
  package internal(set) var fixes: MappingFixes
  /// What the file is used for.
  var purposes: [MappingPurpose] = []
  var codes: [Code] = []
}
