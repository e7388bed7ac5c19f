// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TracePlot: power over time, with the windows in which the model ran marked. Long traces are drawn
// as the range of the samples in each pixel, so that no spike is lost. The wheel zooms in time, a
// drag moves, a double click shows all.

#include "types/session.h"
#include "views/widgets/plots/plot_view.h"

namespace views {

class TracePlot : public PlotView {
    Q_OBJECT

public:
    explicit TracePlot(QWidget* parent = nullptr);

    /// `session` may be null or have no traces; the first trace is shown.
    void setSession(types::SessionPtr session);

protected:
    void paintBehind(QPainter& painter) override;
    void paintOver(QPainter& painter) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    const types::PowerTrace* trace() const;
    double endS() const;
    double xOf(double seconds) const;
    double secondsAt(double x) const;
    double yOf(double milliwatts) const;
    void show(double fromS, double toS);
    void showAll();

    types::SessionPtr m_session;
    QtCharts::QValueAxis *m_xAxis, *m_yAxis;
    double m_fromS = 0, m_toS = 1;
    double m_grabbedS = 0;
};

}  // namespace views
