/// Weights that turn what is known of a candidate into odds that it is right.
struct LogisticModel: Hashable, Sendable {
  /// One for each feature.
  var weights: [Double]

  /// The odds as a probability.
  func probability(_ features: [Double]) -> Double {
    let sum = zip(weights, features).reduce(0) { $0 + $1.0 * $1.1 }
    return 1 / (1 + exponential(-sum))
  }

  /// Fits weights to examples by Newton's method, with a ridge that keeps them near the start; a step
  /// that makes matters worse is halved.
  ///
  /// The result depends on the examples and their order alone.
  ///
  /// - Complexity: O(*n* *f*²) in examples and features, some dozen times.
  init(_ examples: [(features: [Double], isRight: Bool)], from start: [Double]) {
    weights = start
    let width = start.count
    let ridge = 0.5
    var last = loss(examples, ridge, start)
    for _ in 0..<25 {
      var gradient = [Double](repeating: 0, count: width)
      var curvature = [Double](repeating: 0, count: width * width)
      for (features, isRight) in examples {
        let guess = probability(features)
        let error = (isRight ? 1 : 0) - guess
        let slope = max(1e-9, guess * (1 - guess))
        for row in 0..<width where features[row] != 0 {
          gradient[row] += error * features[row]
          let scaled = slope * features[row]
          for column in 0...row { curvature[row * width + column] += scaled * features[column] }
        }
      }
      for row in 0..<width {
        gradient[row] -= ridge * (weights[row] - start[row])
        curvature[row * width + row] += ridge
      }
      var step = Self.solve(curvature, gradient)
      let before = weights
      for _ in 0..<20 {
        for row in 0..<width { weights[row] = before[row] + step[row] }
        let next = loss(examples, ridge, start)
        if next <= last {
          last = next
          break
        }
        for row in 0..<width { step[row] /= 2 }
        weights = before
      }
      if step.allSatisfy({ abs($0) < 1e-8 }) { break }
    }
  }

  /// What the fit makes small: the surprise at the examples, and the distance from the start.
  private func loss(
    _ examples: [(features: [Double], isRight: Bool)], _ ridge: Double, _ start: [Double]
  ) -> Double {
    var sum = 0.0
    for (features, isRight) in examples {
      let guess = probability(features)
      sum -= logarithm(max(1e-300, isRight ? guess : 1 - guess))
    }
    return zip(weights, start).reduce(sum) { $0 + ridge * ($1.0 - $1.1) * ($1.0 - $1.1) / 2 }
  }

  /// Takes weights as they are.
  init(weights: [Double]) { self.weights = weights }

  /// Solves a symmetric positive system given by its lower half (Cholesky).
  private static func solve(_ matrix: [Double], _ right: [Double]) -> [Double] {
    let width = right.count
    var lower = matrix
    for row in 0..<width {
      for column in 0...row {
        var sum = lower[row * width + column]
        for index in 0..<column {
          sum -= lower[row * width + index] * lower[column * width + index]
        }
        lower[row * width + column] =
          row == column ? max(sum, 1e-12).squareRoot() : sum / lower[column * width + column]
      }
    }
    var values = right
    for row in 0..<width {
      for index in 0..<row { values[row] -= lower[row * width + index] * values[index] }
      values[row] /= lower[row * width + row]
    }
    for row in (0..<width).reversed() {
      for index in row + 1..<width { values[row] -= lower[index * width + row] * values[index] }
      values[row] /= lower[row * width + row]
    }
    return values
  }
}
