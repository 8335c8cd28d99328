import Columnar
import Engine
import Foundation
import Pipelines
import Privacy
import Transform
import Vocabulary

/// One run of a project with its state: ledger, quarantine, journal.
struct NightlyRun {
  let session: ProjectSession
  let target: String
  let state: String?
  let threads: Int
  let memory: Int
  let blockBytes: Int?

  func run(progress: Engine.Progress) throws -> RunOutcome {
    let started = Date()
    guard let project = session.project else { throw RunProblem("the project cannot be read") }
    guard let keyFile = project.definition.key?.value else {
      throw RunProblem("the project names no key: add `key:` with the file of the secret")
    }
    let key = try SecretKey(file: keyFile)
    let address = String(target.split(separator: ":", maxSplits: 1).last ?? "")
    let folder = state.map { StateFolder(path: $0) } ?? StateFolder(target: address)
    try folder.create()
    var options = RunOptions(threads: threads, memory: memory, scratch: folder.path)
    if let blockBytes { options.blockBytes = blockBytes }
    let registry = Registry.standard
    let ledger = try Ledger(path: folder.ledger, keyFingerprint: key.fingerprint)
    let plan = try RunPlanner(
      project: project, vocabulary: session.vocabulary, mappings: session.mappings, key: key,
      asOf: session.asOf, registry: registry, options: options,
      slots: SlotMemory(known: try ledger.slots())
    ).plan()
    let runFolder = try folder.beginRun()
    var parts: [SourcePart] = []
    var tables: [String] = []
    for table in plan.tables {
      parts += table.extractor.parts
      tables += table.extractor.parts.map { _ in table.extractor.table }
    }
    let quarantine = try QuarantineStore(path: runFolder.quarantine, files: parts, tables: tables)
    var journal = RunJournal(
      run: runFolder.number, project: session.path, target: target, started: started,
      asOf: session.asOf, keyFingerprint: key.fingerprint,
      files: zip(tables, parts).map { ($0, $1) },
      vocabulary: session.vocabulary?.version,
      remarks: plan.tables.flatMap { table in
        table.extractor.remarks.map { "\(table.extractor.table): \($0)" }
      })
    for remark in journal.remarks { Terminal.note("note: \(remark)") }
    do {
      try journal.write(to: runFolder.journal)
      let run = Engine.Run(
        plan: plan, options: options, ledger: ledger, quarantine: quarantine, progress: progress)
      let result = try run(into: try registry.loader(target, options: options)) { _ in
        try quarantine.finish()
      }
      let report = BooksReport(result.books)
      journal.end("published", books: report)
      try journal.write(to: runFolder.journal)
      return RunOutcome(
        run: runFolder.number, target: target, state: folder.path, books: report,
        seconds: Date().timeIntervalSince(started), bytes: parts.reduce(0) { $0 + Int($1.size) },
        rowsRead: progress.rowsRead, rowsLoaded: progress.rowsLoaded, spilled: result.spilled,
        partitions: result.partitions)
    } catch {
      journal.end(error is RunCancelled ? "stopped" : "failed: \(error)", books: nil)
      try? journal.write(to: runFolder.journal)
      throw error
    }
  }
}

/// Why a run cannot begin.
struct RunProblem: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// What a run came to, for the summary and for programs.
struct RunOutcome: Codable {
  var run: Int
  var target: String
  var state: String
  var books: BooksReport
  var seconds: Double
  var bytes: Int
  var rowsRead: Int
  var rowsLoaded: Int
  var spilled: Int
  var partitions: Int

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
