// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SessionDetail: one session of the Sessions page: its conditions, its layers as a chart, every
// measurement as a table, its instructions by class where it counted them, and its power trace.

#include <QWidget>

#include "views/models/measurements_model.h"
#include "views/models/mix_model.h"
#include "views/models/selection.h"

class QComboBox;
class QLabel;
class QTabWidget;

namespace views {

class BoxPlot;
class DataTable;
class LegendStrip;
class MixPlot;
class TracePlot;

class SessionDetail : public QWidget {
    Q_OBJECT

public:
    explicit SessionDetail(Selection& selection, QWidget* parent = nullptr);

    void setSession(const types::SessionPtr& session);

private:
    QWidget* buildLayers();
    void fillQuantities(const types::Session& session);
    void showChart();

    Selection& m_selection;
    types::SessionPtr m_session;
    MeasurementsModel m_measurements;
    MixModel m_mixes;
    QTabWidget* m_tabs;
    QLabel* m_conditions;
    DataTable *m_table, *m_mixTable;
    QComboBox* m_quantity;
    BoxPlot* m_boxes;
    MixPlot* m_mix;
    LegendStrip* m_mixLegend;
    TracePlot* m_trace;
};

/// Conditions and warnings of a session as lines for people.
QString conditionsText(const types::Session& session);

}  // namespace views
