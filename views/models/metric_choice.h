// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MetricChoice: the metric by which every page draws layers, and the measured times that some
// metrics need. The window owns it; pages read and write it as they do Selection. Thread rules: the
// GUI thread only.

#include <QObject>

#include "views/metric.h"

namespace views {

class MetricChoice : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    Metric metric() const { return m_metric; }
    const LayerTimes& measuredUs() const { return m_measuredUs; }
    /// The chosen metric of a layer.
    Reading readingOf(const types::LayerEvaluation& layer) const {
        return read(m_metric, layer, m_measuredUs);
    }

    /// One of windowMetrics().
    void setMetric(Metric metric) {
        if (metric == m_metric) return;
        m_metric = metric;
        emit changed();
    }
    /// Of the shown evaluation; empty: nothing was measured.
    void setMeasuredUs(LayerTimes times) {
        if (times == m_measuredUs) return;
        m_measuredUs = std::move(times);
        emit changed();
    }

signals:
    void changed();

private:
    Metric m_metric = Metric::Macs;
    LayerTimes m_measuredUs;
};

}  // namespace views
