// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/record.h"

#include <algorithm>
#include <set>

namespace studies {

void complete(Record& record) {
    // mW = uJ / ms
    const double ms = record.latencyUs / 1e3;
    if (record.powerMw == 0 && ms > 0) record.powerMw = record.energyUj / ms;
    if (record.energyUj == 0) record.energyUj = record.powerMw * ms;
    if (record.ops == 0) record.ops = 2 * record.macs;
    if (record.macs == 0) record.macs = record.ops / 2;
}

std::string setupText(const Record& record) {
    std::string text;
    for (const auto& [dimension, value] : record.setup)
        if (!value.empty()) text += (text.empty() ? "" : ", ") + value;
    return text;
}

std::string takeCommonSetup(Records& records) {
    std::string common;
    if (records.empty()) return common;
    const auto first = records.front().setup;
    for (const auto& [dimension, value] : first) {
        const bool isCommon = std::ranges::all_of(
            records, [&, &key = dimension, &text = value](const Record& record) {
                const auto at = record.setup.find(key);
                return at != record.setup.end() && at->second == text;
            });
        if (!isCommon) continue;
        common += (common.empty() ? "" : ", ") + value;
        for (Record& record : records)
            record.setup.erase(dimension);
    }
    return common;
}

void takeLoneSetups(Records& records) {
    const auto keyOf = [](const Record& record) {
        return record.board + (record.measured ? "" : "\npredicted");
    };
    std::map<std::string, std::set<std::string>> setups;
    for (const Record& record : records)
        setups[keyOf(record)].insert(setupText(record));
    for (Record& record : records)
        if (setups[keyOf(record)].size() == 1) record.setup.clear();
}

std::string kindOf(const cost::Workload& workload) {
    const std::string name = types::opName(workload.kind);
    const bool slides = workload.macs > 0 && workload.kind != types::OpKind::FULLY_CONNECTED;
    if (!slides) return name;
    return name + " " + std::to_string(workload.kernelHeight) + "x" +
           std::to_string(workload.kernelWidth);
}

std::map<std::string, Records> grouped(const Records& records,
                                       const std::function<std::string(const Record&)>& keyOf) {
    std::map<std::string, Records> groups;
    for (const Record& record : records)
        groups[keyOf(record)].push_back(record);
    return groups;
}

}  // namespace studies
