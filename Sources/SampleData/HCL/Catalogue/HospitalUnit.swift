/// A unit of the hospital, as the file of units describes it.
struct HospitalUnit {
  let code: String
  let name: String
  let specialty: String
  let kind: Kind

  enum Kind: String {
    case full = "HC"
    case day = "HDJ"
    case clinic = "CS"
    case emergency = "URG"

    var concept: Int {
      switch self {
      case .full: 8717
      case .day, .clinic: 8756
      case .emergency: 8870
      }
    }
  }

  init(_ code: String, _ name: String, _ specialty: String, _ kind: Kind) {
    self.code = code
    self.name = name
    self.specialty = specialty
    self.kind = kind
  }
}

extension HospitalUnit {
  static let all: [HospitalUnit] = [
    HospitalUnit("0110", "Cardiologie – soins intensifs", "CARDIOLOGIE", .full),
    HospitalUnit("0111", "Cardiologie, hôpital de jour", "CARDIOLOGIE", .day),
    HospitalUnit("0112", "Consultations du cœur", "CARDIOLOGIE", .clinic),
    HospitalUnit("0210", "Médecine interne", "MEDECINE", .full),
    HospitalUnit("0212", "Consultations de médecine interne", "MEDECINE", .clinic),
    HospitalUnit("0310", "Chirurgie digestive", "CHIRURGIE", .full),
    HospitalUnit("0320", "Chirurgie orthopédique", "CHIRURGIE", .full),
    HospitalUnit("0410", "Pneumologie", "PNEUMOLOGIE", .full),
    HospitalUnit("0412", "Explorations fonctionnelles respiratoires", "PNEUMOLOGIE", .clinic),
    HospitalUnit("0510", "Gériatrie aiguë", "GERIATRIE", .full),
    HospitalUnit("0610", "Maternité – suites de couches", "OBSTETRIQUE", .full),
    HospitalUnit("0710", "Oncologie médicale", "ONCOLOGIE", .full),
    HospitalUnit("0711", "Hôpital de jour d’oncologie", "ONCOLOGIE", .day),
    HospitalUnit("0811", "Hémodialyse", "NEPHROLOGIE", .day),
    HospitalUnit("0910", "Pédiatrie", "PEDIATRIE", .full),
    HospitalUnit("0990", "Urgences adultes", "URGENCES", .emergency),
    HospitalUnit("0991", "Urgences pédiatriques", "URGENCES", .emergency),
  ]

  static func codes(_ kind: Kind) -> [String] { all.filter { $0.kind == kind }.map { $0.code } }
}
