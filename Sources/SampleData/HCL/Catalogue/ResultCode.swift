/// A local analysis code of the hospital and what its results look like.
struct ResultCode {
  enum Kind {
    /// Numbers between two mantissas, with so many decimals.
    case number(ClosedRange<Int>, scale: Int)
    /// One of several coded answers.
    case coded([String])
    /// The code says the result; there is no value.
    case implied(valueConcept: Int)
  }

  let code: String
  let target: Target?
  let sourceConcept: Int
  let kind: Kind
  let unit: String
  /// The bounds of the normal values, as mantissas at the scale of the results.
  let bounds: (low: Int?, high: Int?)
  /// Below this mantissa the machine writes "<"; above the other it writes ">".
  let limits: (below: Int?, above: Int?)
  let sex: Sex?

  init(
    _ code: String, _ target: Target?, _ kind: Kind, _ unit: String = "",
    bounds: (low: Int?, high: Int?) = (nil, nil), limits: (below: Int?, above: Int?) = (nil, nil),
    sex: Sex? = nil, sourceConcept: Int = 0
  ) {
    self.code = code
    self.target = target
    self.sourceConcept = sourceConcept
    self.kind = kind
    self.unit = unit
    self.bounds = bounds
    self.limits = limits
    self.sex = sex
  }
}

extension ResultCode {
  static let creatinine = ResultCode(
    "CREA", .measurement(3_020_564), .number(35...420, scale: 0), "µmol/L", bounds: (60, 110))
  static let crp = ResultCode(
    "CRP", .measurement(3_020_460), .number(1...2400, scale: 1), "mg/L", bounds: (nil, 50),
    limits: (5, nil))
  static let glucose = ResultCode(
    "GLY", .measurement(3_013_826), .number(310...1890, scale: 2), "mmol/L", bounds: (390, 610))
  static let smoking = ResultCode(
    "TABAC", .observation(43_054_909), .coded(["FUMEUR", "ANCIEN FUMEUR", "NON FUMEUR"]))
  /// A code that no list of the laboratory knows.
  static let unknown = ResultCode("XYZ", nil, .number(10...99, scale: 1), "mg/L")

  static let all: [ResultCode] = [
    creatinine, crp, glucose, smoking,
    ResultCode(
      "NA", .measurement(3_019_550), .number(125...150, scale: 0), "mmol/L", bounds: (136, 145)),
    ResultCode(
      "K", .measurement(3_023_103), .number(28...61, scale: 1), "mmol/L", bounds: (35, 50)),
    ResultCode(
      "UREE", .measurement(3_020_779), .number(20...310, scale: 1), "mmol/L", bounds: (25, 75)),
    ResultCode(
      "HB", .measurement(3_000_963), .number(68...172, scale: 1), "g/dL", bounds: (120, 170)),
    ResultCode(
      "GB", .measurement(3_000_905), .number(15...280, scale: 1), "G/L", bounds: (40, 100)),
    ResultCode(
      "PLQ", .measurement(3_024_929), .number(35...620, scale: 0), "G/L", bounds: (150, 400)),
    ResultCode(
      "ALAT", .measurement(3_006_923), .number(8...420, scale: 0), "UI/L", bounds: (nil, 45)),
    ResultCode(
      "ASAT", .measurement(3_013_721), .number(8...390, scale: 0), "UI/L", bounds: (nil, 40)),
    ResultCode(
      "HBA1C", .measurement(3_004_410), .number(45...142, scale: 1), "%", bounds: (nil, 60),
      limits: (nil, 140)),
    ResultCode(
      "TSH", .measurement(3_009_201), .number(1...9500, scale: 3), "mUI/L", bounds: (400, 4000),
      limits: (10, nil)),
    ResultCode("INR", .measurement(3_022_217), .number(90...510, scale: 2)),
    ResultCode(
      "DDIM", .measurement(3_051_714), .number(120...6200, scale: 0), "ng/mL", bounds: (nil, 500),
      limits: (200, 6000)),
    ResultCode(
      "DFG", .measurement(40_764_999), .number(12...128, scale: 0), "mL/min/1,73m²",
      bounds: (90, nil),
      limits: (nil, 120)),
    ResultCode(
      "DFGM", .measurement(46_236_952), .number(12...110, scale: 0), "mL/min/1,73m²",
      bounds: (60, nil), sourceConcept: 2_000_000_002),
    ResultCode(
      "TROPO", .measurement(36_306_105), .number(1...940, scale: 0), "ng/L", bounds: (nil, 34),
      limits: (4, nil)),
    ResultCode(
      "NTBNP", .measurement(3_029_187), .number(30...36000, scale: 0), "ng/L", limits: (nil, 35000)),
    ResultCode(
      "FERR", .measurement(3_001_122), .number(9...1200, scale: 0), "µg/L", bounds: (30, 300)),
    ResultCode(
      "LDL", .measurement(3_009_966), .number(45...260, scale: 2), "g/L", bounds: (nil, 160)),
    ResultCode(
      "PSA", .measurement(3_013_603), .number(5...2900, scale: 2), "ng/mL", bounds: (nil, 400),
      limits: (10, nil), sex: .male),
    ResultCode("TEMP", .measurement(3_020_891), .number(354...407, scale: 1), "°C"),
    ResultCode("PAS", .measurement(3_004_249), .number(85...205, scale: 0), "mmHg"),
    ResultCode("PAD", .measurement(3_012_888), .number(45...115, scale: 0), "mmHg"),
    ResultCode("POIDS", .measurement(3_025_315), .number(380...1320, scale: 1), "kg"),
    ResultCode(
      "GRIPA", .measurement(37_020_635), .coded(["POSITIF", "NÉGATIF", "NEGATIF", "DOUTEUX"])),
    ResultCode("HEMOC", .measurement(3_023_368), .coded(["POSITIF", "NÉGATIF"])),
    ResultCode(
      "HEMOC+", .measurement(3_023_368), .implied(valueConcept: 9191), sourceConcept: 2_000_000_001),
    ResultCode("GDS", nil, .number(730...755, scale: 2), "u. arb."),
  ]

  /// The unit concept of a unit as the laboratory writes it; 0 for one that the map lacks.
  static func unitConcept(_ unit: String) -> Int { units.first { $0.unit == unit }?.concept ?? 0 }

  static let units: [(unit: String, concept: Int)] = [
    ("mmol/L", 8753), ("µmol/L", 8749), ("g/dL", 8713), ("g/L", 8636), ("G/L", 9444),
    ("mg/L", 8751), ("µg/L", 8748), ("ng/mL", 8842), ("ng/L", 8725), ("UI/L", 8923),
    ("mUI/L", 9040), ("%", 8554), ("mL/min/1,73m²", 720_870), ("mmHg", 8876), ("°C", 586_323),
    ("kg", 9529), ("cm", 8582),
  ]

  /// The value concept of a coded answer; 0 for one that the map lacks.
  static func valueConcept(_ answer: String) -> Int {
    values.first { $0.answer == answer }?.concept ?? 0
  }

  static let values: [(answer: String, concept: Int)] = [
    ("POSITIF", 9191), ("NÉGATIF", 9189), ("NEGATIF", 9189), ("FUMEUR", 45_881_517),
    ("ANCIEN FUMEUR", 45_883_458), ("NON FUMEUR", 45_879_404),
  ]
}
