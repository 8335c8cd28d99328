import ArgumentParser
import Engine
import Vocabulary

/// A run whose codes a command looks at, where one is named.
struct CountedRun: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The target of a run, such as emc2.sqlite: its codes, weighted by their rows and persons.",
      valueName: "target"), completion: .file())
  var run: String?

  @Option(help: ArgumentHelp("The number of the run (default: the last).", valueName: "n"))
  var runNumber: Int?

  @Option(
    help: ArgumentHelp(
      "The state folder of the run, where it is not beside the target.", valueName: "folder"),
    completion: .directory)
  var state: String?

  func validate() throws {
    if run == nil, runNumber != nil || state != nil {
      throw ValidationError("'--run-number' and '--state' belong to '--run'")
    }
  }

  /// What the run found of codes; `nil` where no run is named.
  func codes() throws -> RunCodes? {
    try run.map { try RunCodes(StateFolder(named: $0, state: state), number: runNumber) }
  }
}

extension RunCodes {
  /// The codes that the run looked up in each of its mapping files, for their check.
  ///
  /// A code of fewer than eleven persons is not among those that were seen, and unmapped ones are
  /// those that `vocabulary unmapped` tells: what a check says of a code shows only whether eleven
  /// persons have it.
  var sourceCodes: [String: SourceCodes] {
    var seen: [String: [String]] = [:]
    var partial: Set<String> = []
    for count in counts.codes {
      guard let mapping = count.mapping else { continue }
      switch count.outcome {
      case .restMapped, .restUnmapped: partial.insert(mapping)
      case .noCode: break
      case .mappedByFile, .mappedByValueFile, .mappedByVocabulary, .reviewed, .unmapped:
        seen[mapping, default: []] += []
        if let code = count.code, count.persons >= CodeCounts.leastPersons {
          seen[mapping, default: []].append(code)
        }
      }
    }
    var unmapped: [String: [String: Int]] = [:]
    for code in UnmappedReport(counts, run: number).codes {
      guard let mapping = code.mapping else { continue }
      unmapped[mapping, default: [:]][code.code, default: 0] += code.records
    }
    return Dictionary(
      uniqueKeysWithValues: Set(seen.keys).union(partial).map { mapping in
        let rows = (unmapped[mapping] ?? [:]).sorted { $0.key.comesBefore($1.key) }
        return (
          mapping,
          SourceCodes(
            run: number, leastPersons: CodeCounts.leastPersons, seen: seen[mapping] ?? [],
            unmapped: rows.map { ($0.key, $0.value) }, isComplete: !partial.contains(mapping))
        )
      })
  }
}
