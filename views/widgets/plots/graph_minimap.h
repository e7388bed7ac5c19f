// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// GraphMinimap: the whole picture of a GraphView in a corner of it, in the colours of its metric,
// with the part in view. Very tall pictures are squeezed along their height. A click or drag goes
// there. Hidden where everything is in view.

#include <QPixmap>
#include <QWidget>

namespace views {

class GraphView;

class GraphMinimap : public QWidget {
    Q_OBJECT

public:
    /// A child of the view.
    explicit GraphMinimap(GraphView& view);

    /// The picture or its colours changed.
    void drawAnew();
    /// The part in view changed.
    void follow();
    /// The size of the view changed.
    void place();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    QSizeF scale() const;
    QRectF mapped(const QRectF& world) const;
    void render();
    void goTo(const QPointF& position);

    GraphView& m_view;
    QPixmap m_picture;  ///< null: to be drawn when needed
};

}  // namespace views
