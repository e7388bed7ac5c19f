// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/power_fit.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "cost/median_of.h"
#include "cost/terms/kernel_terms.h"

namespace cost {
namespace {

double bandOf(const std::vector<double>& values) {
    if (values.size() < 2) return kSinglePowerBand;
    std::vector<double> errors;
    for (size_t i = 0; i < values.size(); ++i) {
        std::vector<double> others = values;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        errors.push_back(std::abs(medianOf(std::move(others)) / values[i] - 1));
    }
    std::sort(errors.begin(), errors.end());
    const double rank = std::ceil(0.9 * static_cast<double>(errors.size()));
    return std::max(kLeastPowerBand, errors[static_cast<size_t>(rank) - 1]);
}

}  // namespace

std::vector<types::PowerCost> fitPower(const std::vector<Observation>& layers,
                                       const std::string& source) {
    std::map<std::pair<std::string, std::string>, std::vector<double>> classes, ops;
    for (const Observation& layer : layers) {
        if (!(layer.milliwatts > 0)) continue;
        const std::string type = costType(layer.workload), op = types::opName(layer.workload.kind);
        const std::string name = plainPath(layer.workload).text;
        if (name != op) classes[{name, type}].push_back(layer.milliwatts);
        ops[{op, type}].push_back(layer.milliwatts);
    }
    classes.merge(ops);
    std::vector<types::PowerCost> rows;
    for (const auto& [key, values] : classes)
        rows.push_back({key.first, key.second, medianOf(values), bandOf(values),
                        source + ", " + std::to_string(values.size()) +
                            (values.size() == 1 ? " layer" : " layers")});
    return rows;
}

}  // namespace cost
