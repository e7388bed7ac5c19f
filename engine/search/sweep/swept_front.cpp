// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/sweep/swept_front.h"

#include "bytes/sha256.h"
#include "transform/document/variation_file.h"

namespace search {

using namespace types;

std::vector<const SweptMetric*> usualObjectives(bool hasDataset, bool hasDevice) {
    std::vector<const SweptMetric*> list;
    if (hasDataset) list.push_back(metricNamed("accuracy"));
    list.push_back(metricNamed(hasDevice ? "latency" : "macs"));
    list.push_back(metricNamed("model"));
    list.push_back(metricNamed("arena"));
    return list;
}

std::optional<Objectives> objectivesOf(const Answer& answer,
                                       const std::vector<const SweptMetric*>& objectives) {
    Objectives values;
    for (const SweptMetric* metric : objectives) {
        auto value = answer.value(*metric);
        // Data without labels, and outputs that are no classes, are judged by what there is.
        if (!value && metric->name == std::string("accuracy"))
            for (const char* other : {"auc", "agreement", "sqnr"})
                if (!value) value = answer.value(*metricNamed(other));
        if (!value) return std::nullopt;
        values.push_back(metric->moreIsBetter ? -*value : *value);
    }
    return values;
}

SweptFront::SweptFront(std::vector<const SweptMetric*> objectives)
    : m_objectives(std::move(objectives)) {}

bool SweptFront::take(const sweep::Outcome& outcome, std::vector<int64_t>& gone) {
    if (!m_seen.insert(outcome.item).second) return false;
    ++m_taken;
    if (outcome.isFailed) return false;
    const auto& text = outcome.document;
    const std::string digest =
        bytes::sha256({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
    auto answer = parseAnswer(text);
    auto variation = transform::parseVariation(outcome.variation, "the database");
    if (digest != outcome.digest || !answer || !variation) {
        ++m_rejected;
        return false;
    }
    auto values = objectivesOf(*answer, m_objectives);
    if (!values) return false;
    const size_t before = gone.size();
    if (!m_front.insert({outcome.item, std::move(*values)}, gone)) return false;
    for (size_t i = before; i < gone.size(); ++i)
        m_points.erase(gone[i]);
    m_points[outcome.item] = {outcome.item, std::move(*variation), std::move(*answer)};
    return true;
}

std::vector<SweptPoint> SweptFront::points() const {
    std::vector<SweptPoint> points;
    for (const FrontPoint& point : m_front.points())
        points.push_back(m_points.at(point.id));
    return points;
}

}  // namespace search
