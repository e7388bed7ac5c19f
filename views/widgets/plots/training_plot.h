// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TrainingPlot: one measure of a training by epoch, on the validation part: the varied model as a
// line, the original trained alike as a dashed one. A ring marks the epoch that was kept.

#include "types/training.h"
#include "views/widgets/plots/plot_view.h"

namespace QtCharts {
class QLineSeries;
}

namespace views {

class TrainingPlot : public PlotView {
    Q_OBJECT

public:
    enum class Measure { Loss, Accuracy };
    explicit TrainingPlot(Measure measure, QWidget* parent = nullptr);

    /// Trainings that have not begun have no epochs.
    void setTrainings(const types::Training& original, const types::Training& varied);
    /// True where a training has this measure: accuracy needs labels.
    bool hasCurves() const { return !m_original.empty() || !m_varied.empty(); }

protected:
    void applyColors() override;
    void paintOver(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    const std::vector<double>& valuesOf(const types::Training& training) const;
    double shownValue(double value) const;
    QString valueText(const std::vector<double>& values, size_t epoch) const;
    void rescale();

    Measure m_measure;
    std::vector<double> m_original, m_varied;
    int m_keptEpoch = 0;  ///< of the varied model, from 1; 0: none
    QtCharts::QLineSeries *m_originalLine, *m_variedLine;
    QtCharts::QValueAxis *m_epochs, *m_values;
};

}  // namespace views
