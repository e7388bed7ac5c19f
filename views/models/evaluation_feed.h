// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// EvaluationFeed: the state of the open model for display: the shown evaluation with the original's
// beside it, its cost over time, and the tried variations. Explorer owns it, and only Explorer
// writes it; pages and panels listen to it as to Selection. Thread rules: the GUI thread only.

#include <QObject>
#include <QTimer>
#include <optional>
#include <set>

#include "types/duty_cycle.h"
#include "views/models/point_store.h"
#include "views/models/tried_variation.h"

namespace views {

class EvaluationFeed : public QObject {
    Q_OBJECT

public:
    explicit EvaluationFeed(QObject* parent = nullptr) : QObject(parent) {
        m_untilTried.setSingleShot(true);
        connect(&m_untilTried, &QTimer::timeout, this, &EvaluationFeed::triedChanged);
    }

    /// Null until a model is open; may be older than the knobs.
    const types::EvaluationPtr& shown() const { return m_shown; }
    /// Null until it is known for the same board and data.
    const types::EvaluationPtr& original() const { return m_original; }
    /// Of the shown evaluation; empty where the user sets no period.
    const std::optional<types::DutyCost>& dutyCost() const { return m_dutyCost; }
    const TriedVariations& tried() const { return m_tried; }
    /// The tried variations that have an evaluation, and those of sweeps, as points.
    PointStore& points() { return m_points; }
    const PointStore& points() const { return m_points; }
    /// The effective variation of the knobs.
    const types::Variation& current() const { return m_current; }

    /// `shown` is not null.
    void setEvaluation(types::EvaluationPtr shown, types::EvaluationPtr original = nullptr,
                       const std::optional<types::DutyCost>& dutyCost = {}) {
        m_shown = std::move(shown);
        m_original = std::move(original);
        m_dutyCost = dutyCost;
        emit evaluated();
        setOutdated(false);
    }
    void setDutyCost(const std::optional<types::DutyCost>& dutyCost) {
        m_dutyCost = dutyCost;
        emit dutyCostChanged();
    }
    /// Several changes of the list in one event emit one signal.
    void setTried(const TriedVariations& tried, const types::Variation& current) {
        addPoints(tried);
        m_tried = tried;
        m_current = current;
        m_untilTried.start(0);
    }
    void setOutdated(bool isOutdated) {
        if (isOutdated != m_isOutdated) emit outdatedChanged(m_isOutdated = isOutdated);
    }
    /// Another model was opened; its evaluation follows.
    void forgetEvaluation() {
        m_shown = m_original = nullptr;
        m_dutyCost.reset();
        m_tried.clear();
        m_points.clear();
    }

signals:
    /// The shown evaluation, the original or the cost over time changed.
    void evaluated();
    void dutyCostChanged();
    void triedChanged();
    /// True when the shown evaluation has been older than the knobs for long enough to indicate it.
    void outdatedChanged(bool isOutdated);

private:
    /// Those that arrived since the list before.
    void addPoints(const TriedVariations& tried) {
        std::set<types::EvaluationPtr> known;
        for (const TriedVariation& entry : m_tried)
            known.insert(entry.evaluation);
        std::vector<NewPoint> points;
        for (const TriedVariation& entry : tried)
            if (entry.evaluation && !known.contains(entry.evaluation))
                points.push_back(pointOf(*entry.evaluation));
        m_points.put(points);
    }

    types::EvaluationPtr m_shown, m_original;
    std::optional<types::DutyCost> m_dutyCost;
    TriedVariations m_tried;
    PointStore m_points;
    types::Variation m_current;
    bool m_isOutdated = false;
    QTimer m_untilTried;
};

}  // namespace views
