// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/budget.h"

#include <algorithm>

namespace footprint {
namespace {

using types::Budget;
using types::BudgetLine;

void add(Budget& budget, BudgetLine line) {
    budget.usedBytes += line.bytes;
    budget.lines.push_back(std::move(line));
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

}  // namespace

Budget flashBudget(int64_t modelBytes, const types::DeviceProfile& device) {
    Budget budget;
    budget.limitBytes = device.flashBytes;
    add(budget, {"model file", modelBytes, "exact"});
    addReserved(budget, device.reservedFlash);
    return budget;
}

Budget sramBudget(const types::TflmArena& arena, const types::DeviceProfile& device) {
    BudgetLine persistent{"tensor arena, persistent part", 0,
                          "unknown for an operator of this model, so the need is at least this"};
    if (arena.persistentBytes) {
        persistent.bytes = *arena.persistentBytes;
        persistent.source = "TFLM's bookkeeping, rebuilt allocation by allocation";
    }
    return sramWith({{"tensor arena, planned part", arena.nonPersistentBytes,
                      "TFLM's greedy plan with the scratch of the kernels"},
                     std::move(persistent)},
                    {}, device.reservedSram, device);
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
