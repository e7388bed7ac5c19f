// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/agent_link.h"

#include <utility>

namespace runners {

using firmware::Frame;
using firmware::Message;

void AgentLink::post(Message kind, AnswerPatience patience) {
    m_question.head = {static_cast<uint8_t>(kind), 0, ++m_sequence, m_session};
    m_patience = patience;
    m_state = State::Asking;
    m_tries = 0;
    m_opsDone = m_others = 0;
    m_isAlive = false;
}

bool AgentLink::isAnswer(const firmware::MessageHead& head) const {
    return head.sequence == m_question.head.sequence && head.session == m_session &&
           (head.kind & firmware::kAnswer) != 0;
}

void AgentLink::hear(std::span<const uint8_t> bytes) {
    for (const uint8_t byte : bytes) {
        const bool isWhole = m_reader.take(byte);
        m_others = isWhole ? 0 : m_others + (byte != 0);
        // An answer that comes after patience has ended is welcome, too.
        if (!isWhole || (m_state != State::Asking && m_state != State::GivenUp)) continue;
        const Frame& frame = m_reader.frame();
        if (!isAnswer(frame.head)) continue;
        const auto kind = static_cast<Message>(frame.head.kind & ~firmware::kAnswer);
        if (kind == Message::Alive) {
            frame.get(m_opsDone);
            m_isAlive = true;
        } else if (kind == Message::Refused ||
                   frame.head.kind == (m_question.head.kind | firmware::kAnswer)) {
            m_answer = frame;
            m_state = State::Answered;
        }
    }
}

std::optional<Frame> AgentLink::takeAnswer() {
    if (m_state != State::Answered) return std::nullopt;
    m_state = State::Idle;
    return m_answer;
}

std::vector<uint8_t> AgentLink::due(double nowS) {
    std::vector<uint8_t> bytes;
    if (m_state != State::Asking || (m_tries > 0 && nowS < m_nextTryS)) return bytes;
    m_nextTryS = nowS + m_patience.perTryS;
    // A board that works is waited for; asking again would only fill its line.
    if (std::exchange(m_isAlive, false)) {
        m_tries = 1;
        return bytes;
    }
    if (m_tries == m_patience.tries) {
        m_state = State::GivenUp;
        return bytes;
    }
    if (++m_tries > 1) ++m_repeated;
    const auto push = [](void* context, uint8_t byte) {
        static_cast<std::vector<uint8_t>*>(context)->push_back(byte);
    };
    firmware::sendFrame(m_question, push, &bytes);
    return bytes;
}

}  // namespace runners
