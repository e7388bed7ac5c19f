// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/verdict_line.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QRegularExpression>
#include <QVBoxLayout>

#include "views/colors.h"

namespace views {
namespace {

constexpr int kVerdictStripe = 4;

/// A number stays in one line with its unit.
QString unbroken(QString text) {
    static const QRegularExpression space(QStringLiteral("(?<=[0-9±]) (?=[^ ])"));
    return text.replace(space, QString(QChar(0xA0)));
}

QStringList listOf(const std::vector<std::string>& lines) {
    QStringList list;
    for (const std::string& line : lines)
        list << QString::fromStdString(line);
    return list;
}

}  // namespace

VerdictLine::VerdictLine(QWidget* parent)
    : QWidget(parent),
      m_sentence(new QLabel),
      m_evidence(new QLabel),
      m_chooseData(new QPushButton(tr("Choose data…"))),
      m_makeFit(new QPushButton(tr("Make it fit"))) {
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_evidence->setTextFormat(Qt::PlainText);
    m_evidence->setForegroundRole(QPalette::PlaceholderText);
    // It is cut where there is no room, and must not ask for any.
    m_evidence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_chooseData->setAccessibleName(tr("Choose data to know how right it is"));
    m_makeFit->setAccessibleName(tr("Make it fit the board"));
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_sentence);
    texts->addWidget(m_evidence);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kVerdictStripe + 10, 4, 0, 4);
    row->setSpacing(8);
    row->addLayout(texts, 1);
    row->addWidget(m_makeFit, 0, Qt::AlignTop);
    row->addWidget(m_chooseData, 0, Qt::AlignTop);
    setFonts();
    setVerdict({}, false);
    connect(m_chooseData, &QPushButton::clicked, this, &VerdictLine::dataRequested);
    connect(m_makeFit, &QPushButton::clicked, this, &VerdictLine::fitRequested);
}

void VerdictLine::setFonts() {
    QFont large = font(), small = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    small.setPointSizeF(small.pointSizeF() * 0.9);
    m_sentence->setFont(large);
    m_evidence->setFont(small);
}

void VerdictLine::setVerdict(const types::ModelVerdict& verdict, bool lacksData) {
    m_room = verdict.room;
    m_sentenceText = QString::fromStdString(verdict.sentence()).trimmed();
    m_sentence->setText(unbroken(m_sentenceText));
    const QStringList evidence = listOf(verdict.evidence);
    m_evidenceText = evidence.join(QStringLiteral("  "));
    setToolTip(evidence.join('\n'));
    setAccessibleName(m_sentenceText);
    setAccessibleDescription(m_evidenceText);
    m_evidence->setVisible(!evidence.isEmpty());
    m_makeFit->setVisible(verdict.room == types::Verdict::Exceeds);
    m_chooseData->setVisible(lacksData);
    elideEvidence();
    update();
}

void VerdictLine::setDimmed(bool dimmed) {
    m_sentence->setForegroundRole(dimmed ? QPalette::PlaceholderText : QPalette::WindowText);
}

void VerdictLine::elideEvidence() {
    m_evidence->setText(
        m_evidence->fontMetrics().elidedText(m_evidenceText, Qt::ElideRight, m_evidence->width()));
}

void VerdictLine::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    elideEvidence();
}

void VerdictLine::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) setFonts();
    QWidget::changeEvent(event);
}

/// The stripe says the same as the first words, for the eye that looks for it.
void VerdictLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QColor color = m_room == types::Verdict::Fits      ? accentColor(palette())
                         : m_room == types::Verdict::Exceeds ? warningColor(palette())
                                                             : lineColor(palette());
    painter.fillRect(QRect(0, 2, kVerdictStripe, height() - 4), color);
}

}  // namespace views
