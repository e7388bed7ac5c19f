// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// GraphDesk: makes what the page Graph asks for: drawings, and histograms of an operator's weights
// and activations. Thread rules: the GUI thread only; the work runs in Jobs.

#include "app/explorer.h"
#include "views/widgets/pages/graph_page.h"

namespace app {

class GraphDesk : public QObject {
    Q_OBJECT

public:
    GraphDesk(Explorer& explorer, views::GraphPage& page, QObject* parent = nullptr);

private:
    void draw(const types::EvaluationPtr& evaluation, const types::DrawingOptions& options);
    void countValues(const types::EvaluationPtr& evaluation, views::OpPlace place);

    Explorer& m_explorer;
    views::GraphPage& m_page;
    Job m_drawing, m_counting;
};

}  // namespace app
