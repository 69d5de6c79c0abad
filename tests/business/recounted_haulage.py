"""Answers about the haulier, worked out from the rows."""

from collections import Counter
from collections.abc import Mapping

from tests.business.recounting import Answer, Recount, Row, Tables, counted, during, grouped, keyed, mean, month, summed


def _kept(t: Tables, start: str = "", end: str = "9999") -> list[Row]:
    return [shipment for shipment in during(t.Shipment, "BookedDt", start, end) if shipment.StatusCd != "CNL"]


def _delivered(t: Tables, start: str = "", end: str = "9999") -> list[Row]:
    return [shipment for shipment in during(t.Shipment, "BookedDt", start, end) if shipment.StatusCd == "DLV"]


def _is_late(shipment: Row) -> bool:
    return bool(shipment.ArriveTs[:10] > shipment.PromisedDt)


def _euros(shipment: Row) -> float:
    return float(shipment.FrtCts) / 100


def _first(pairs: Answer, count: int) -> Answer:
    return sorted(pairs, key=lambda row: (-row[1], row[0]))[:count]


def _customers(t: Tables) -> Answer:
    names = {customer.CustNo: customer.CustNm for customer in t.Cust}
    known = [shipment for shipment in _kept(t, "2025", "2026") if shipment.CustNo in names]
    return _first(summed(known, lambda s: names[s.CustNo], _euros), 5)


def _by_depot(t: Tables, column: str, start: str = "", end: str = "9999") -> Answer:
    depots = keyed(t.Depot, "DepotId")
    return counted(during(t.Shipment, "BookedDt", start, end), lambda s: depots[getattr(s, column)].DepotNm)


def _between(t: Tables, origin: str, destination: str) -> int:
    cities = {depot.DepotId: depot.City for depot in t.Depot}
    return sum((cities[s.OrigDepotId], cities[s.DestDepotId]) == (origin, destination) for s in t.Shipment)


def _express(t: Tables) -> Answer:
    countries = {depot.DepotId: depot.Ctry for depot in t.Depot}
    express = [shipment for shipment in during(t.Shipment, "BookedDt", "2025", "2026") if shipment.SvcLvl == "EXP"]
    return counted(express, lambda s: countries[s.DestDepotId])


def _late_rates(t: Tables) -> Answer:
    groups = grouped(_delivered(t, "2025", "2026"), lambda s: s.SvcLvl)
    return [(level, mean(map(_is_late, shipments))) for level, shipments in groups.items()]


def _worst(t: Tables) -> Answer:
    depots = keyed(t.Depot, "DepotId")
    groups = grouped(_delivered(t, "2025", "2026"), lambda s: depots[s.DestDepotId].DepotNm)
    return _first([(name, mean(map(_is_late, shipments))) for name, shipments in groups.items()], 1)


def _payouts(t: Tables) -> Answer:
    sectors = {customer.CustNo: customer.Sector for customer in t.Cust}
    shipments = keyed(t.Shipment, "ShipmentNo")
    return summed(
        t.Claim, lambda c: sectors.get(shipments[c.ShipmentNo].CustNo), lambda c: float(c.StlAmtCts or 0) / 100
    )


def _idle(t: Tables) -> Answer:
    driving = {shipment.DriverEmpId for shipment in during(t.Shipment, "BookedDt", "2025", "2026")}
    return [(e.FirstNm, e.LastNm) for e in t.Emp if e.JobTtl == "Driver" and e.EmpId not in driving]


def _reports(t: Tables) -> Answer:
    staff = keyed(t.Emp, "EmpId")
    counts = Counter(employee.MgrEmpId for employee in t.Emp if employee.MgrEmpId)
    return [(staff[one].FirstNm, staff[one].LastNm, count) for one, count in counts.items()]


def _better_paid(t: Tables) -> Answer:
    staff = keyed(t.Emp, "EmpId")
    return [
        (e.FirstNm, e.LastNm) for e in t.Emp if e.MgrEmpId is not None and e.SalaryCts > staff[e.MgrEmpId].SalaryCts
    ]


def _fuel(t: Tables, start: str, end: str) -> Answer:
    vehicles = keyed(t.Vehicle, "VehId")
    groups = grouped(during(t.FuelLog, "FillDt", start, end), lambda f: vehicles[f.VehId].VehType)
    return [(kind, sum(f.CostCts for f in g) / 100, sum(f.Litres for f in g)) for kind, g in groups.items()]


def _per_litre(t: Tables) -> Answer:
    groups = grouped(t.FuelLog, lambda f: f"{f.FillDt[:4]}-01-01")
    return [
        (year, sum(f.CostCts for f in fills) / 100 / sum(f.Litres for f in fills)) for year, fills in groups.items()
    ]


def _carrying(t: Tables, item: str) -> set[int]:
    return {one.ShipmentNo for one in t.ShipmentItem if one.ItemDesc == item}


def _items(t: Tables) -> Answer:
    shipped = {shipment.ShipmentNo for shipment in during(t.Shipment, "BookedDt", "2025", "2026")}
    return summed([i for i in t.ShipmentItem if i.ShipmentNo in shipped], lambda i: i.ItemDesc, lambda i: i.Qty)


def _claimants(t: Tables) -> Answer:
    shipments, names = keyed(t.Shipment, "ShipmentNo"), {customer.CustNo: customer.CustNm for customer in t.Cust}
    counts = Counter(shipments[claim.ShipmentNo].CustNo for claim in t.Claim)
    return [(names[number], count) for number, count in counts.items() if count > 8 and number in names]


def _same_country(t: Tables) -> int:
    countries = {depot.DepotId: depot.Ctry for depot in t.Depot}
    return sum(countries[s.OrigDepotId] == countries[s.DestDepotId] for s in t.Shipment)


RECOUNTED: Mapping[str, Recount] = {
    "haul-shipments-2025": lambda t: [(len(during(t.Shipment, "BookedDt", "2025", "2026")),)],
    "haul-revenue-month": lambda t: summed(_kept(t, "2025", "2026"), lambda s: month(s.BookedDt), _euros),
    "haul-revenue-customer": _customers,
    "haul-origin-depot": lambda t: _by_depot(t, "OrigDepotId"),
    "haul-gdansk-leeds": lambda t: [(_between(t, "Antwerp", "Leeds"),)],
    "haul-express": _express,
    "haul-late-rate": _late_rates,
    "haul-late-worst": _worst,
    "haul-payouts-sector": _payouts,
    "haul-drivers-without": _idle,
    "haul-managers": _reports,
    "haul-earn-more": _better_paid,
    "haul-fuel-week": lambda t: [(kind, cost) for kind, cost, _ in _fuel(t, "2026-01", "2026-02")],
    "haul-hazardous": lambda t: [(len({item.ShipmentNo for item in t.ShipmentItem if item.HazFlg}),)],
    "haul-same-country": lambda t: [(_same_country(t),)],
    "haul-claims-share": lambda t: [(mean(claim.StatusCd == "R" for claim in t.Claim),)],
    "haul-claims-customer": _claimants,
    "haul-fuel-per-litre": _per_litre,
    "haul-items": _items,
    "haul-items-per": lambda t: [(len(t.ShipmentItem) / len(t.Shipment),)],
    "haul-carried-both": lambda t: [(len(_carrying(t, "Vaccines") & _carrying(t, "Solvent drums")),)],
    "haul-talk-roles.2": lambda t: _by_depot(t, "DestDepotId", "2025", "2026"),
    "haul-talk-fuel.3": lambda t: [row for row in _fuel(t, "2025", "2026") if row[0] != "Van"],
}
