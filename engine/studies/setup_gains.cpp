// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/setup_gains.h"

#include <algorithm>
#include <set>

#include "studies/figures.h"

namespace studies {
namespace {

using CasePtr = std::shared_ptr<const SetupCase>;

double timeOf(const Record& record) {
    return record.latencyUs > 0 ? record.latencyUs : record.instructions;
}

std::string boardKey(const std::string& board, bool measured) {
    return board + (measured ? "" : "\npredicted");
}

/// Cases with times under at least two values of the dimension, by board.
std::map<std::string, std::vector<CasePtr>> casesOf(const Records& records,
                                                    const std::string& dimension) {
    std::map<std::string, SetupCase> cases;
    for (const Record& record : records) {
        const auto value = record.setup.find(dimension);
        if (value == record.setup.end()) continue;
        SetupCase found{record.board, record.model, record.op, record.measured, record.setup, {}};
        found.rest.erase(dimension);
        const std::string key = boardKey(found.board, found.measured) + '\n' + found.label();
        cases.try_emplace(key, found).first->second.times[value->second].push_back(timeOf(record));
    }
    std::map<std::string, std::vector<CasePtr>> boards;
    for (auto& [key, found] : cases)
        if (found.times.size() > 1)
            boards[boardKey(found.board, found.measured)].push_back(
                std::make_shared<const SetupCase>(found));
    return boards;
}

std::string baselineOf(const std::vector<CasePtr>& cases) {
    std::map<std::string, std::vector<double>> shares;  ///< time / fastest time of the case
    for (const CasePtr& one : cases) {
        double fastest = 0;
        for (const auto& [value, times] : one->times)
            fastest = fastest == 0 ? one->timeOf(value) : std::min(fastest, one->timeOf(value));
        for (const auto& [value, times] : one->times)
            shares[value].push_back(one->timeOf(value) / fastest);
    }
    const auto merit = [](const auto& entry) {
        return std::pair(entry.second.size(), -medianOf(entry.second));
    };
    return std::ranges::max_element(shares, {}, merit)->first;
}

/// Every value of one board compared with its baseline.
std::vector<SetupGain> gainsOn(const std::vector<CasePtr>& cases) {
    const std::string baseline = baselineOf(cases);
    std::map<std::string, SetupGain> byValue;
    for (const CasePtr& one : cases) {
        if (!one->times.contains(baseline)) continue;
        for (const auto& [value, times] : one->times) {
            if (value == baseline) continue;
            SetupGain& gain = byValue[value];
            gain.board = one->board;
            gain.value = value;
            gain.baseline = baseline;
            gain.measured = one->measured;
            gain.cases.push_back(one);
            gain.ratios.push_back(one->timeOf(value) / one->timeOf(baseline));
        }
    }
    std::vector<SetupGain> gains;
    for (auto& [value, gain] : byValue)
        gains.push_back(std::move(gain));
    return gains;
}

/// Ratio of the largest to the smallest median.
double widthOf(const Parting& parting) {
    const auto medianOfEntry = [](const auto& entry) { return medianOf(entry.second); };
    const auto [low, high] = std::ranges::minmax_element(parting, {}, medianOfEntry);
    return medianOfEntry(*high) / medianOfEntry(*low);
}

}  // namespace

double SetupCase::timeOf(const std::string& value) const {
    return medianOf(times.at(value));
}

std::string SetupCase::label() const {
    std::string text = model + (op.empty() ? "" : " " + op);
    for (const auto& [dimension, value] : rest)
        if (!value.empty()) text += ", " + value;
    return text;
}

double SetupGain::median() const {
    return medianOf(ratios);
}

Records summedByKind(const Records& records) {
    Records sums;
    std::map<std::string, size_t> place;
    for (const Record& record : records) {
        if (timeOf(record) <= 0) continue;
        const std::string key = boardKey(record.board, record.measured) + '\n' + record.model +
                                '\n' + record.op + '\n' + setupText(record);
        const auto [at, isNew] = place.try_emplace(key, sums.size());
        if (isNew || record.op.empty()) {
            sums.push_back(record);
            continue;
        }
        sums[at->second].latencyUs += record.latencyUs;
        sums[at->second].instructions += record.instructions;
    }
    return sums;
}

void leaveOutTrifles(Records& operators) {
    std::map<std::string, double> whole;
    const auto runOf = [](const Record& record) {
        return boardKey(record.board, record.measured) + '\n' + record.model + '\n' +
               setupText(record);
    };
    for (const Record& record : operators)
        whole[runOf(record)] += timeOf(record);
    std::erase_if(operators, [&](const Record& record) {
        return timeOf(record) < 0.01 * whole[runOf(record)];
    });
}

std::vector<SetupGain> setupGains(const Records& records, const std::string& dimension) {
    std::vector<SetupGain> gains;
    for (const auto& [board, cases] : casesOf(records, dimension))
        for (SetupGain& gain : gainsOn(cases))
            gains.push_back(std::move(gain));
    return gains;
}

Parting partingOf(const SetupGain& gain) {
    std::set<std::string> others;
    for (const CasePtr& one : gain.cases)
        for (const auto& [dimension, value] : one->rest)
            others.insert(dimension);
    Parting widest;
    double width = kClearGain;
    for (const std::string& other : others) {
        Parting parting;
        for (size_t i = 0; i < gain.cases.size(); ++i)
            if (const auto at = gain.cases[i]->rest.find(other); at != gain.cases[i]->rest.end())
                parting[at->second].push_back(gain.ratios[i]);
        if (parting.size() < 2 || widthOf(parting) <= width) continue;
        width = widthOf(parting);
        widest = std::move(parting);
    }
    return widest;
}

SetupGain ruledPart(const SetupGain& gain) {
    const Parting parting = partingOf(gain);
    if (gain.median() > kClearGain || parting.empty()) return gain;
    const auto strongest = std::ranges::max_element(
        parting, {}, [](const auto& entry) { return medianOf(entry.second); });
    SetupGain part = gain;
    part.cases.clear();
    part.ratios.clear();
    for (size_t i = 0; i < gain.cases.size(); ++i) {
        const bool belongs = std::ranges::any_of(gain.cases[i]->rest, [&](const auto& dimension) {
            return dimension.second == strongest->first;
        });
        if (!belongs) continue;
        part.cases.push_back(gain.cases[i]);
        part.ratios.push_back(gain.ratios[i]);
    }
    return part;
}

}  // namespace studies
