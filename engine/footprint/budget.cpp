// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/budget.h"

#include <algorithm>

#include "cost/tflm/kernel_library.h"
#include "types/target.h"

namespace footprint {
namespace {

using types::Budget;
using types::BudgetLine;

void add(Budget& budget, BudgetLine line) {
    budget.usedBytes += line.bytes;
    budget.lines.push_back(std::move(line));
}

/// Which parts are unknown, and why.
void explain(Budget& budget) {
    for (const BudgetLine& line : budget.lines) {
        if (!line.isUnknown) continue;
        if (!budget.unknownReason.empty()) budget.unknownReason += "; ";
        budget.unknownReason += line.what + ": " + line.source;
    }
}

void addReserved(Budget& budget, const std::vector<types::ReservedMemory>& reserved) {
    for (const types::ReservedMemory& r : reserved)
        add(budget, {r.what, r.bytes, r.source});
}

/// Places the arena in the first region that holds it, since regions are listed in order of
/// preference; else in the largest.
void placeArena(const std::vector<types::MemoryRegion>& regions, Budget& budget) {
    const types::MemoryRegion* chosen = nullptr;
    for (const types::MemoryRegion& region : regions) {
        if (chosen != nullptr && chosen->bytes >= budget.blockBytes) break;
        if (chosen == nullptr || region.bytes > chosen->bytes) chosen = &region;
    }
    if (chosen == nullptr) return;
    budget.region = chosen->name;
    budget.regionBytes = chosen->bytes;
}

/// All RAM of the device: a profile's sramBytes may cover its main region only.
int64_t sramOf(const types::DeviceProfile& device) {
    int64_t sum = 0;
    for (const types::MemoryRegion& region : device.regions)
        sum += region.bytes;
    return std::max(device.sramBytes, sum);
}

/// `arena`: the parts of its one block; `beside`: what else the runtime stores.
Budget sramWith(std::vector<BudgetLine> arena, std::vector<BudgetLine> beside,
                const std::vector<types::ReservedMemory>& reserved,
                const types::DeviceProfile& device) {
    Budget budget;
    budget.limitBytes = sramOf(device);
    for (BudgetLine& part : arena)
        add(budget, std::move(part));
    budget.blockBytes = budget.usedBytes;
    for (BudgetLine& line : beside)
        add(budget, std::move(line));
    addReserved(budget, reserved);
    placeArena(device.regions, budget);
    explain(budget);
    return budget;
}

std::vector<types::ReservedMemory> withoutTflm(std::vector<types::ReservedMemory> reserved) {
    std::erase_if(reserved, [](const auto& line) { return line.what.starts_with("TFLM"); });
    return reserved;
}

/// Static data and stack at run time: 580 to 652 bytes for the keyword model on the four emulated
/// cores (tests/firmware/emulated_runs_test.cpp).
const BudgetLine kOwnData = {"our own runtime, static data and stack", 652,
                             "the most of the keyword model on emulated M4, M7, M33 and M55"};

/// Why the arena on the device may be larger than the one that is modelled; empty: it is the
/// modelled one. Derivatives of CMSIS-NN request more for Helium at least.
std::string arenaGap(const types::DeviceProfile& device) {
    if (cost::libraryOf(device) || types::isaOf(device.core) != types::Isa::Mve) return {};
    return "at least this: the scratch of the kernels of " + device.runtime + " is not known";
}

std::string plannedSource(const types::DeviceProfile& device) {
    const auto library = cost::libraryOf(device);
    return "TFLM's greedy plan with the scratch of " +
           (library ? cost::nameOf(*library) : std::string("the kernels"));
}

std::vector<BudgetLine> tflmArenaLines(const types::TflmArena& arena,
                                       const types::DeviceProfile& device) {
    if (arena.isRefused)
        return {{"tensor arena", 0, arena.unknownReason + ", so it has no arena", true}};
    BudgetLine planned{"tensor arena, planned part", arena.atLeastBytes,
                       "at least this: " + arena.unknownReason, true};
    if (const std::string gap = arenaGap(device); arena.nonPersistentBytes)
        planned = {planned.what, *arena.nonPersistentBytes,
                   gap.empty() ? plannedSource(device) : gap, !gap.empty()};
    BudgetLine persistent{"tensor arena, persistent part", 0, "unknown: " + arena.unknownReason,
                          true};
    if (arena.persistentBytes)
        persistent = {persistent.what, *arena.persistentBytes - arena.variablesBytes,
                      "TFLM's bookkeeping, rebuilt allocation by allocation", false};
    std::vector<BudgetLine> lines = {std::move(planned), std::move(persistent)};
    if (arena.variablesBytes > 0)
        lines.push_back({"tensor arena, state of resource variables", arena.variablesBytes,
                         "part of the persistent part; exact", false});
    return lines;
}

/// Code beside the model in builds of TFLM that were published with the size of their model.
const types::PublishedCode kPublishedCode = {
    76'000, 301'000,
    "MicroNets (arXiv 2010.11267v6) table 4: 76 to 116 KB; Heim et al. 2021 (Mbed OS, all "
    "operators, -Os to -Ofast): 150 to 301 KB"};

/// The spread belongs to what the profile reserves; a user who sets lines knows the own build.
void addPublished(Budget& budget, const types::DeviceProfile& device) {
    for (const types::ReservedMemory& line : device.reservedFlash) {
        if (line.isUsers) return;
        budget.reservedBytes += line.bytes;
    }
    if (budget.reservedBytes > 0) budget.published = kPublishedCode;
}

}  // namespace

Budget flashBudget(int64_t modelBytes, const types::DeviceProfile& device) {
    Budget budget;
    budget.limitBytes = device.flashBytes;
    add(budget, {"model file", modelBytes, "exact"});
    addReserved(budget, device.reservedFlash);
    addPublished(budget, device);
    return budget;
}

Budget sramBudget(const types::TflmArena& arena, const types::DeviceProfile& device) {
    return sramWith(tflmArenaLines(arena, device), {}, device.reservedSram, device);
}

Budget netcaliperFlashBudget(int64_t programBytes, const std::vector<BudgetLine>& code,
                             const types::DeviceProfile& device) {
    Budget budget;
    budget.limitBytes = device.flashBytes;
    add(budget, {"program with packed weights", programBytes, "exact"});
    for (const BudgetLine& line : code)
        add(budget, line);
    addReserved(budget, withoutTflm(device.reservedFlash));
    return budget;
}

Budget netcaliperSramBudget(int64_t arenaBytes, int64_t stateBytes,
                            const types::DeviceProfile& device) {
    std::vector<BudgetLine> beside = {kOwnData};
    if (stateBytes > 0) beside.push_back({"state between runs", stateBytes, "exact"});
    return sramWith({{"tensor arena, our own runtime", arenaBytes, "planned in place, exact"}},
                    std::move(beside), withoutTflm(device.reservedSram), device);
}

}  // namespace footprint
