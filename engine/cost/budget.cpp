// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/budget.h"

namespace cost {
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

}  // namespace

Budget flashBudget(int64_t modelBytes, const types::DeviceProfile& device) {
    Budget budget;
    budget.limitBytes = device.flashBytes;
    add(budget, {"model file", modelBytes, "exact"});
    addReserved(budget, device.reservedFlash);
    return budget;
}

Budget sramBudget(const types::TflmArena& arena, const types::DeviceProfile& device) {
    Budget budget;
    budget.limitBytes = device.sramBytes;
    add(budget, {"tensor arena, planned part", arena.nonPersistentBytes,
                 "TFLM's greedy plan with the scratch of the kernels"});
    if (arena.persistentBytes)
        add(budget, {"tensor arena, persistent part", *arena.persistentBytes,
                     "TFLM's bookkeeping, rebuilt allocation by allocation"});
    else
        add(budget, {"tensor arena, persistent part", 0,
                     "unknown for an operator of this model, so the need is at least this"});
    addReserved(budget, device.reservedSram);
    return budget;
}

}  // namespace cost
