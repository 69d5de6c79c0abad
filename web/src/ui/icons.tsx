import type { ReactNode } from "react";

/** Drawn on a grid of 20, in the colour of the text beside them. */
function icon(shape: ReactNode) {
  return function Icon({ className = "size-5" }: { className?: string }) {
    return (
      <svg viewBox="0 0 20 20" className={className} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
        {shape}
      </svg>
    );
  };
}

export const PlusIcon = icon(<path d="M10 4v12M4 10h12" />);
export const MenuIcon = icon(<path d="M3 6h14M3 10h14M3 14h14" />);
export const CloseIcon = icon(<path d="m5 5 10 10M15 5 5 15" />);
export const DotsIcon = icon(<path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.4" />);
export const SendIcon = icon(<path d="M10 16V4m0 0L5 9m5-5 5 5" strokeWidth="1.9" />);
export const StopIcon = icon(<rect x="5.5" y="5.5" width="9" height="9" rx="1.5" fill="currentColor" stroke="none" />);
export const CopyIcon = icon(<path d="M7.5 7.500h9v9h-9zM12.5 7.500v-4h-9v9h4" />);
export const CheckIcon = icon(<path d="m4 10.5 4 4 8-9" />);
export const ChevronIcon = icon(<path d="m7.5 4.5 5.5 5.5-5.5 5.5" />);
export const DownIcon = icon(<path d="M10 4v12m0 0 5-5m-5 5-5-5" />);
export const EyeIcon = icon(
  <>
    <path d="M2 10s3-5.5 8-5.500S18 10 18 10s-3 5.5-8 5.500S2 10 2 10Z" />
    <circle cx="10" cy="10" r="2.5" />
  </>,
);
export const EyeOffIcon = icon(<path d="M4 4l12 12M8.5 4.700c.5-.1 1-.2 1.5-.2 5 0 8 5.5 8 5.500s-.8 1.4-2.2 2.800M5 6.200C3.1 7.7 2 10 2 10s3 5.5 8 5.500c1.2 0 2.3-.3 3.3-.8" />);
export const DatabaseIcon = icon(
  <>
    <ellipse cx="10" cy="5" rx="6.5" ry="2.5" />
    <path d="M3.5 5v10c0 1.4 2.9 2.5 6.5 2.500s6.5-1.1 6.5-2.500V5M3.5 10c0 1.4 2.9 2.5 6.5 2.500s6.5-1.1 6.5-2.5" />
  </>,
);
export const UploadIcon = icon(<path d="M10 12.500v-9m0 0L6.500 7M10 3.500 13.500 7M3.500 12.500v2a2 2 0 0 0 2 2h9a2 2 0 0 0 2-2v-2" />);
export const FileIcon = icon(<path d="M11.500 2.500h-6v15h9v-12zM11.500 2.500v3h3" />);
export const PencilIcon = icon(<path d="m4 13-.500 3.500L7 16l9-9-3-3zM11 6l3 3" />);
export const ChatIcon = icon(<path d="M17 9.500c0 3.6-3.1 6.5-7 6.5-1 0-2-.2-2.9-.6L3 16.500l1.2-3.300A6 6 0 0 1 3 9.500C3 5.9 6.1 3 10 3s7 2.9 7 6.500Z" />);
export const WarningIcon = icon(<path d="M10 7v4m0 2.500h.01M8.7 3.3 1.9 15a1.5 1.5 0 0 0 1.3 2.200h13.600a1.5 1.5 0 0 0 1.3-2.200L11.3 3.300a1.5 1.5 0 0 0-2.6 0Z" />);
export const RetryIcon = icon(<path d="M16 10a6 6 0 1 1-1.8-4.300L16 7.500M16 3.500v4h-4" />);
export const ReceiptIcon = icon(<path d="M5 3h10v14l-2.5-1.500L10 17l-2.5-1.500L5 17zM8 7h4M8 10.500h4" />);
export const BulbIcon = icon(<path d="M7.500 14h5M8.200 16.800h3.600M7.500 14c0-1.600-.7-2.300-1.500-3.200A5.200 5.200 0 1 1 14 10.800c-.8.9-1.500 1.600-1.500 3.200" />);
export const ThumbUpIcon = icon(<path d="M6.500 9v7.500h-3V9zM6.500 9.300 9.800 2.800c1.200 0 2 .9 2 2L11.300 8h4c1 0 1.700.9 1.500 1.900l-1 5.200c-.2.8-.8 1.400-1.600 1.400H6.500" />);
export const ThumbDownIcon = icon(<path d="M13.500 11V3.500h3V11zM13.500 10.700l-3.300 6.500c-1.200 0-2-.9-2-2l.5-3.200h-4c-1 0-1.700-.9-1.500-1.900l1-5.200c.2-.8.8-1.400 1.600-1.400h7.700" />);
export const SealIcon = icon(
  <>
    <path d="m10 2 2 1.500 2.500-.2.8 2.400 2 1.500-.8 2.400.8 2.400-2 1.500-.8 2.400-2.500-.2L10 17.200l-2-1.500-2.500.2-.8-2.400-2-1.500.8-2.400-.8-2.400 2-1.500.8-2.400 2.500.2z" />
    <path d="m7.300 9.700 1.900 1.900 3.500-3.700" />
  </>,
);
export const SunIcon = icon(
  <>
    <circle cx="10" cy="10" r="3.5" />
    <path d="M10 2v1.500M10 16.500V18M2 10h1.500M16.5 10H18M4.3 4.300l1.1 1.100M14.6 14.600l1.1 1.100M15.7 4.300l-1.1 1.100M5.4 14.600l-1.1 1.1" />
  </>,
);
export const UserIcon = icon(
  <>
    <circle cx="10" cy="7" r="3.2" />
    <path d="M3.8 17c.6-3.2 3.1-5 6.2-5s5.6 1.8 6.2 5" />
  </>,
);

/** The mark of Infinure. */
export function Mark({ className = "size-7" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M16 16c-2.2-3.2-4-4.8-6.2-4.800a4.8 4.8 0 1 0 0 9.600c2.2 0 4-1.6 6.2-4.800Zm0 0c2.2-3.2 4-4.8 6.2-4.800a4.8 4.8 0 1 1 0 9.600c-2.2 0-4-1.6-6.2-4.800Z"
        fill="none"
        className="stroke-accent-ink"
        strokeWidth="2.6"
        strokeLinejoin="round"
      />
    </svg>
  );
}
