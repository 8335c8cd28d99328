import ArgumentParser
import Foundation
import SampleData

/// Generates the export of a hospital.
struct Sample: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Generate a fictitious hospital export, with mistakes in it and the truth beside it.",
    discussion: """
      The files are those that pipelines/hcl.yaml reads. The same number of persons and the same
      seed give the same bytes on every machine. No person in them exists.

      EXAMPLES
        ecluse sample --persons 5000 --output /tmp/sample
        cp -r sample-data/vocabulary sample-data/demo.key /tmp/sample/
        ecluse run pipelines/emc2.yaml --set data=/tmp/sample
      """)

  @Option(help: "How many persons.")
  var persons: Int = 400

  @Option(help: "The seed that chooses them.")
  var seed: UInt64 = 1

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The folder; the export goes into its folder hcl.", valueName: "folder"),
    completion: .directory)
  var output: String

  func validate() throws {
    if persons < 1 { throw ValidationError("'--persons': at least 1") }
  }

  func run() throws {
    let folder = URL(fileURLWithPath: output).appendingPathComponent("hcl", isDirectory: true)
    let summary = try HCLSample(persons: persons, seed: seed).write(to: folder)
    let records = summary.records.reduce(0) { $0 + $1.count }
    Terminal.print(
      "\(Terminal.grouped(persons)) persons, \(Terminal.grouped(records)) records in "
        + "\(folder.path); the truth is in its folder truth: "
        + "\(Terminal.grouped(summary.quarantined)) rows must be left out")
  }
}
