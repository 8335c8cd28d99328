import ArgumentParser
import Engine
import Foundation
import Pipelines

/// Says how a run would go.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how a run would go: order, blocks, joins, memory; maps no row.",
    discussion: """
      A joined table is held in memory when what rules read of it is small beside the budget; the rows of a
      larger one are brought to those that ask for them, part by part. Neither changes what comes out.

      EXAMPLES
        ecluse explain pipelines/emc2.yaml
        ecluse explain pipelines/emc2.yaml --memory 64MB --format json | jq '.rules[].joins'
      """)

  @OptionGroup var options: ProjectOptions

  @Option(help: "How many threads would work (default: one for each core).")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: ArgumentHelp("How much memory rows on their way may take.", valueName: "size"))
  var memory: ByteCount = ByteCount(1 << 30)

  func run() throws {
    let session = try options.session(quietly: true)
    let run = RunOptions(threads: threads, memory: memory.bytes, scratch: "")
    guard let explanation = try session.explain(options: run) else { return }
    if options.format == .json {
      Terminal.print(try Terminal.json(explanation))
    } else {
      Terminal.print(Explain.text(explanation))
    }
  }

  private static func text(_ explanation: Explanation) -> String {
    let memory = explanation.memory
    var lines = ["read, in this order, by \(memory.threads) threads:"]
    for table in explanation.tables {
      lines.append(
        "  \(table.table): \(counted(table.files, "file")), \(size(table.bytes)),"
          + " \(counted(table.blocks, "block"))")
    }
    lines += ["", "rules:"]
    for rule in explanation.rules {
      lines.append("  \(rule.rule): \(rule.from.joined(separator: " and "))")
      for join in rule.joins {
        let way =
          switch join.way {
          case .held: "held in memory"
          case .exchanged: "brought together by key"
          }
        lines.append(
          "    joins \(join.table) by \(join.keys.joined(separator: ", ")): \(way),"
            + " \(size(join.bytes))\(join.isUnique ? "" : ", may find several rows")")
      }
      if let exchange = rule.exchange { lines.append("    \(exchange): rows are brought together") }
      lines.append("    into \(rule.into.joined(separator: ", "))")
    }
    lines += [
      "", "memory: \(size(memory.budget)) for rows on their way",
      "  a block \(size(memory.block)), a partition of persons \(size(memory.partition))",
      "  rows that wait: \(size(memory.waiting)), then a scratch file",
      "  joined tables are held while they take \(size(memory.held)) together",
    ]
    return lines.joined(separator: "\n")
  }

  private static func counted(_ number: Int, _ noun: String) -> String {
    "\(Terminal.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// A number of bytes in the unit that suits it.
  private static func size(_ bytes: Int) -> String {
    if bytes < 10 << 10 { return "\(bytes) B" }
    if bytes < 10 << 20 { return "\(bytes >> 10) KiB" }
    return "\(Terminal.grouped(bytes >> 20)) MiB"
  }
}
