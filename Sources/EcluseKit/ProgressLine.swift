import Dispatch
import Engine
import Foundation

/// Shows how far a run has come, and how long it still takes: on a terminal one line that renews
/// itself, elsewhere a line every ten seconds.
final class ProgressLine {
  private let timer: any DispatchSourceTimer
  private let interactive = Terminal.isInteractive
  private var stopped = false

  init(_ progress: Engine.Progress) {
    let queue = DispatchQueue(label: "progress")
    timer = DispatchSource.makeTimerSource(queue: queue)
    let interactive = interactive
    let started = Date()
    timer.schedule(deadline: .now() + (interactive ? 0.2 : 10), repeating: interactive ? 0.2 : 10)
    timer.setEventHandler {
      let text = ProgressLine.text(progress, since: started)
      if interactive { Terminal.status(text) } else { Terminal.note(text) }
    }
    timer.resume()
  }

  func stop() {
    if stopped { return }
    stopped = true
    timer.cancel()
    if interactive { Terminal.status("") }
  }

  private static func text(_ progress: Engine.Progress, since started: Date) -> String {
    let elapsed = Date().timeIntervalSince(started)
    let done = progress.done
    let total = progress.total
    let rate = Int(Double(progress.rowsRead) / max(elapsed, 0.001))
    let share = total > 0 ? Double(done) / Double(total) : 0
    let percent = Int(share * 100)
    switch progress.phase {
    case .preparing: return "preparing"
    case .mapping:
      let left = share > 0.02 ? ", \(Terminal.duration(elapsed / share - elapsed)) left" : ""
      return "reading and mapping \(percent) %, \(Terminal.grouped(progress.rowsRead)) rows, "
        + "\(Terminal.grouped(rate)) rows/s\(left)"
    case .exchanging: return "joining and grouping \(done)/\(total)"
    case .finishing:
      return
        "finishing persons \(done)/\(total), \(Terminal.grouped(progress.rowsLoaded)) rows loaded"
    case .publishing: return "indexing, counting and publishing"
    }
  }
}

/// Turns Ctrl-C and SIGTERM into a request to stop.
final class StopOnSignal {
  private var sources: [any DispatchSourceSignal] = []

  init(_ progress: Engine.Progress) {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: DispatchQueue(label: "signals"))
      source.setEventHandler { progress.cancel() }
      source.resume()
      sources.append(source)
    }
  }

  func cancel() {
    for source in sources { source.cancel() }
  }
}
