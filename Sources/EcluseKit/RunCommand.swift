import ArgumentParser
import Engine
import Foundation
import Pipelines
import Privacy

/// Runs a project.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a project: read the sources, build the CDM, balance the books, publish.",
    discussion: """
      The CDM is built beside the published one and replaces it in one move when the books balance.
      Ctrl-C stops cleanly; what was published stays as it was.

      EXAMPLES
        ecluse run pipelines/emc2.yaml
        ecluse run pipelines/emc2.yaml --set data=/srv/deliveries --target sqlite:/srv/cdm.sqlite
        ecluse run pipelines/emc2.yaml --target csv+gzip:/srv/cdm
        ecluse run pipelines/emc2.yaml --memory 512MB --threads 4 --format json > books.json
      """)

  @OptionGroup var options: ProjectOptions

  @Option(help: "How many threads work (default: one for each core).")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  @Option(
    help: ArgumentHelp(
      "How much memory rows on their way may take; past it, work goes through scratch files.",
      valueName: "size"))
  var memory: ByteCount = ByteCount(1 << 30)

  @Option(help: ArgumentHelp("Read sources in blocks of this size.", visibility: .hidden))
  var blockSize: ByteCount?

  @Option(
    help: ArgumentHelp(
      "Where ledger, journal and quarantine lie (default: beside the target).",
      valueName: "folder"))
  var state: String?

  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if threads < 1 { throw ValidationError("'--threads': at least 1") }
    if memory.bytes < 1 << 20 { throw ValidationError("'--memory': at least 1MB") }
  }

  func run() throws {
    Allocator.suit(memory.bytes)
    let session = try options.session(state: state, quietly: true)
    let target = try session.requiredTarget()
    let run = ProjectRun(
      session: session, target: target, state: state, threads: threads, memory: memory.bytes,
      blockBytes: blockSize?.bytes, version: Program.setting.version)
    let progress = Engine.Progress()
    let stop = StopOnSignal(progress)
    defer { stop.cancel() }
    let shown = quiet ? nil : ProgressLine(progress)
    defer { shown?.stop() }
    do {
      let outcome = try run(progress: progress) { Terminal.note("note: \($0)") }
      shown?.stop()
      if options.format == .json {
        Terminal.print(try RunSummary(outcome).json())
      } else {
        Terminal.print(RunSummary(outcome).text)
      }
    } catch is RunCancelled {
      shown?.stop()
      Terminal.note("stopped; the published data are unchanged, the next run starts afresh")
      throw ExitCode(130)
    } catch {
      shown?.stop()
      Terminal.note("error: \(Failure.words(error))")
      throw ExitCode(1)
    }
  }
}

/// A number of bytes as people write it: `512MB`, `1GiB`, `65536`.
struct ByteCount: ExpressibleByArgument {
  let bytes: Int

  init(_ bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    let digits = argument.prefix { $0.isNumber }
    guard let number = Int(digits), number > 0 else { return nil }
    let units = ["": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
    let suffix = argument.dropFirst(digits.count).trimmingCharacters(in: .whitespaces).lowercased()
    let unit = suffix.replacingOccurrences(of: "ib", with: "").replacingOccurrences(
      of: "b", with: "")
    guard let factor = units[unit] else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    bytes = product
  }

  var defaultValueDescription: String {
    bytes % (1 << 30) == 0 ? "\(bytes >> 30)GB" : "\(bytes >> 20)MB"
  }
}
